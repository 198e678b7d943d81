import type { PreviousUpload, UrlStorage } from 'tus-js-client';

const PREFIX = 'vakspiegel.sending.';

function previous(key: string, uploadUrl: string): PreviousUpload {
  // Only the address was kept. tus-js-client asks the server for the rest.
  return {
    size: null,
    metadata: {},
    creationTime: '',
    uploadUrl,
    urlStorageKey: key,
    parallelUploadUrls: null,
  } as unknown as PreviousUpload;
}

/**
 * Remembers where a film was being sent to, under the file's fingerprint, and nothing else:
 * the library's own storage would keep the file's name.
 */
export class SendingStorage implements UrlStorage {
  constructor(private readonly storage: Storage = globalThis.localStorage) {}

  async findAllUploads(): Promise<PreviousUpload[]> {
    return Object.keys(this.storage)
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => previous(key, this.storage.getItem(key) ?? ''));
  }

  async findUploadsByFingerprint(fingerprint: string): Promise<PreviousUpload[]> {
    const url = this.find(fingerprint);
    return url === null ? [] : [previous(PREFIX + fingerprint, url)];
  }

  async removeUpload(urlStorageKey: string): Promise<void> {
    this.storage.removeItem(urlStorageKey);
  }

  async addUpload(fingerprint: string, upload: PreviousUpload): Promise<string> {
    const key = PREFIX + fingerprint;
    if (upload.uploadUrl) this.storage.setItem(key, upload.uploadUrl);
    return key;
  }

  /** The address a file was being sent to; null when it never was. */
  find(fingerprint: string): string | null {
    return this.storage.getItem(PREFIX + fingerprint);
  }

  forget(fingerprint: string): void {
    this.storage.removeItem(PREFIX + fingerprint);
  }
}
