import { client } from '../../api/client';

export const formats = ['csv', 'webvtt', 'web-annotation'] as const;
export type Format = (typeof formats)[number];

/** The name that the server gave the file. */
function nameIn(disposition: string | null): string {
  return /filename="([^"]+)"/.exec(disposition ?? '')?.[1] ?? 'vakspiegel-notities';
}

/** Has the browser save a copy of the notes. Rejects with an ApiError; then nothing was saved. */
export async function saveExport(recordingId: string, format: Format): Promise<void> {
  const { data, response } = await client.GET('/recordings/{recordingId}/export/{format}', {
    params: { path: { recordingId, format } },
    parseAs: 'blob',
  });
  const address = URL.createObjectURL(data as unknown as Blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = nameIn(response.headers.get('Content-Disposition'));
  link.click();
  // The browser has begun by then; what it holds in memory for us is let go.
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
