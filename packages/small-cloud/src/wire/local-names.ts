import type { NameOptions, Names } from '../contract';

/** The name service of the small cloud, in place of DNS. */
export class LocalNames implements Names {
  private readonly urls = new Map<string, string>();
  private readonly pages = new Set<string>();

  /** @param changed - is told all names whenever one comes or goes. */
  constructor(private readonly changed: (all: Readonly<Record<string, string>>) => void = () => {}) {}

  register(domain: string, baseUrl: string, { pageFacing = false }: NameOptions = {}): void {
    this.urls.set(domain, baseUrl);
    if (pageFacing) this.pages.add(domain);
    else this.pages.delete(domain);
    this.changed(this.all());
  }

  forget(domain: string): void {
    this.urls.delete(domain);
    this.pages.delete(domain);
    this.changed(this.all());
  }

  all(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.urls);
  }

  resolve(domain: string): string | undefined {
    return this.urls.get(domain);
  }

  pageFacing(domain: string): string | undefined {
    return this.pages.has(domain) ? this.urls.get(domain) : undefined;
  }
}
