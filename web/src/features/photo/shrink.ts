/** Pixels: what is sent is no larger; the server makes it smaller still. */
const SIDE = 640;

/**
 * The middle square of a photo, the right way up, as a JPEG. Nothing of the file itself leaves the browser:
 * not where it was taken, and not how the camera was held. Rejects what the browser cannot read.
 */
export async function shrink(file: File): Promise<Blob> {
  const photo = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const side = Math.min(photo.width, photo.height);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = Math.min(side, SIDE);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.drawImage(
    photo,
    (photo.width - side) / 2,
    (photo.height - side) / 2,
    side,
    side,
    0,
    0,
    canvas.width,
    canvas.height,
  );
  photo.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no photo'))), 'image/jpeg', 0.9);
  });
}
