import type { ApiHandler, Cloud, Service } from '../../contract';
import { type StsOptions, stsApi } from './api';

/**
 * STS: the identity of a caller, and temporary keys of a role for callers whom the role trusts. The policies of the role
 * judge every request that such keys sign, those of the CDK's bootstrap roles included. Only the operator's own keys may
 * do everything.
 */
export class Sts implements Service {
  readonly resources = {};
  readonly api: Readonly<Record<string, ApiHandler>>;

  constructor(cloud: Cloud, options: StsOptions) {
    this.api = { sts: stsApi(cloud, options) };
  }
}
