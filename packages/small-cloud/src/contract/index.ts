/**
 * The contracts between the parts of the small cloud: a service, the resources it provides, and what services may ask
 * of one another. Services know these types and never one another.
 */
export * from './access';
export * from './api';
export * from './cloud';
export * from './events';
export * from './json';
export * from './metrics';
export * from './neighbours';
export * from './resource';
export * from './service';
export * from './unsupported-error';
