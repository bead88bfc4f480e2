import { AwsError } from '../kit/aws-error';
import type { DeclaredSecret } from './declared-secret';

/** One version of a secret. */
export interface SecretVersion {
  readonly id: string;
  readonly value: string;
  readonly created: Date;
}

/** The longest value. @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
const VALUE_LIMIT_BYTES = 65_536;

const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';

/** A secret with its versions. A version without a staging label is forgotten. */
export class Secret {
  readonly name: string;
  description: string | undefined;
  changed: Date;
  private versions: readonly SecretVersion[] = [];
  /** Ids of versions by staging label. */
  private readonly labels = new Map<string, string>();

  constructor(
    readonly arn: string,
    { name, description }: Pick<DeclaredSecret, 'name' | 'description'>,
    readonly created: Date,
  ) {
    this.name = name;
    this.description = description;
    this.changed = created;
  }

  /**
   * Keeps a value as the version with an id, and moves the staging labels to it. The same value with the same id changes
   * nothing.
   *
   * @throws AwsError ResourceExistsException for another value with a known id; ValidationException for a long value.
   */
  put(version: SecretVersion, labels: readonly string[] = [CURRENT]): void {
    if (Buffer.byteLength(version.value) > VALUE_LIMIT_BYTES) {
      throw new AwsError('ValidationException', `SecretString: more than ${VALUE_LIMIT_BYTES} bytes were given`);
    }
    const known = this.versions.find(({ id }) => id === version.id);
    if (known !== undefined && known.value !== version.value) {
      const sentence = "You can't use ClientRequestToken for a secret version that already exists. Use another token.";
      throw new AwsError('ResourceExistsException', sentence);
    }
    if (known !== undefined) return;
    this.versions = [...this.versions, version];
    for (const label of labels) this.move(label, version.id);
    const kept = new Set(this.labels.values());
    this.versions = this.versions.filter(({ id }) => kept.has(id));
    this.changed = version.created;
  }

  /**
   * The version with an id, or with a staging label.
   *
   * @throws AwsError ResourceNotFoundException when there is none, InvalidRequestException when the id has not that label.
   */
  version(id: string | undefined, label: string | undefined): SecretVersion {
    const labelled = label ?? (id === undefined ? CURRENT : undefined);
    const wanted = id ?? this.labels.get(labelled ?? '');
    const found = this.versions.find((version) => version.id === wanted);
    if (found === undefined) throw notFound(id === undefined ? `staging label: ${labelled}` : `VersionId: ${id}`);
    if (labelled !== undefined && this.labels.get(labelled) !== found.id) {
      const sentence = 'You provided a VersionStage that is not associated to the provided VersionId.';
      throw new AwsError('InvalidRequestException', sentence);
    }
    return found;
  }

  /** The current value; undefined while the secret is empty. */
  get current(): string | undefined {
    return this.versions.find(({ id }) => id === this.labels.get(CURRENT))?.value;
  }

  /** The staging labels of each version, by its id. */
  labelsById(): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries(this.versions.map(({ id }) => [id, this.labelsOf(id)]));
  }

  labelsOf(id: string): readonly string[] {
    return [...this.labels].flatMap(([label, version]) => (version === id ? [label] : []));
  }

  /** Moves a label. The version that was current becomes the previous one. */
  private move(label: string, id: string): void {
    const old = this.labels.get(label);
    if (label === CURRENT && old !== undefined) this.labels.set(PREVIOUS, old);
    this.labels.set(label, id);
  }
}

function notFound(what: string): AwsError {
  const sentence = `Secrets Manager can't find the specified secret value for ${what}`;
  return new AwsError('ResourceNotFoundException', sentence);
}
