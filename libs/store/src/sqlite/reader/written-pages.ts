/** Bound of what is kept, in bytes of all pages together. */
const maximumBytes = 24 * 1024 * 1024;

/** Written pages, each right for one version of the rows; a newer version drops them all. Full, it starts anew. */
export class WrittenPages {
  private readonly pages = new Map<string, Buffer>();
  private version = -1;
  private bytes = 0;

  get(key: string, version: number): Buffer | undefined {
    return version === this.version ? this.pages.get(key) : undefined;
  }

  put(key: string, version: number, page: Buffer): void {
    if (version !== this.version || this.bytes > maximumBytes) {
      this.pages.clear();
      this.bytes = 0;
      this.version = version;
    }
    this.pages.set(key, page);
    this.bytes += page.byteLength + key.length;
  }
}
