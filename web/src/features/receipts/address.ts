/** A page of the server's, complete without the app: to read, to print, to save as a signed file. */
export function receiptAddress(recordId: string, language: string, number: number): string {
  return `/verklaringen/${recordId}/verklaring?nr=${number}&taal=${language}`;
}

export function statementAddress(recordId: string, language: string): string {
  return `/verklaringen/${recordId}/wisverklaring?taal=${language}`;
}
