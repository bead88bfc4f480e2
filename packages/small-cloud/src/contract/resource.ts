import type { Properties, Value } from './json';

/** One resource of a template, as its service is asked to create, change or delete it. */
export interface ResourceRequest {
  readonly stackName: string;
  readonly stackId: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Properties;
}

/** A resource that exists: the answers to `Ref` and `Fn::GetAtt`, and its physical id. */
export interface ResourceState {
  readonly physicalId: string;
  /** The value of `Ref`. */
  readonly ref: Value;
  /** The values of `Fn::GetAtt`, by attribute name. */
  readonly attributes: Readonly<Record<string, Value>>;
}

/**
 * The creator and deleter of one resource type. It refuses a property that it does not model with an
 * {@link UnsupportedError} that names the property; it never ignores one silently.
 */
export interface ResourceProvider {
  create(request: ResourceRequest): Promise<ResourceState>;
  /**
   * Applies changed properties to an existing resource. `request` holds the new properties, `previous` those it was made
   * from. A rollback uses the same method to undo a change. Types that cannot change leave it out.
   */
  update?(state: ResourceState, request: ResourceRequest, previous: Properties): Promise<ResourceState>;
  /** Outermost properties whose change makes CloudFormation replace the resource. */
  readonly replacedBy?: readonly string[];
  delete(state: ResourceState, request: ResourceRequest): Promise<void>;
}
