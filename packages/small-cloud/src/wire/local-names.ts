import type { Names } from '../contract';

/** The name service of the small cloud, in place of DNS. */
export class LocalNames implements Names {
  private readonly urls = new Map<string, string>();

  register(domain: string, baseUrl: string): void {
    this.urls.set(domain, baseUrl);
  }

  forget(domain: string): void {
    this.urls.delete(domain);
  }

  all(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.urls);
  }

  resolve(domain: string): string | undefined {
    return this.urls.get(domain);
  }
}
