import { AwsError } from '../../kit/aws-error';
import { PropertyReader } from '../../kit/property-reader';

/** Reads the settings of a job, and refuses them in MediaConvert's words. */
export class SettingsReader extends PropertyReader {
  /** The place of this object as MediaConvert names it: `/outputGroups/0/outputs/0`. */
  get pointer(): string {
    return this.path === '' ? '' : `/${this.path.replaceAll(/\[(\d+)\]/g, '.$1').replaceAll('.', '/')}`;
  }

  /** A list with at least one object. */
  filled(key: string): readonly this[] {
    const list = this.list(key);
    if (list.length > 0) return list;
    throw this.refusal(`${this.pointer}/${key}: Should have at least 1 items`);
  }

  /** A whole number within a range; undefined when absent. */
  maybeWhole(key: string, least: number, most: number): number | undefined {
    return this.has(key) ? this.whole(key, least, most, least) : undefined;
  }

  /** Makes the refusal of a setting. */
  refused(key: string, sentence: string): AwsError {
    return new AwsError('BadRequestException', `${this.pointer}/${key}: ${sentence}`);
  }

  protected override refusal(sentence: string): Error {
    return new AwsError('BadRequestException', sentence);
  }

  /** Refuses as MediaConvert does: `/outputGroups/0/outputs/0: containerSettings is a required property`. */
  protected override missing(key: string): never {
    throw this.refusal(`${this.pointer === '' ? '/' : this.pointer}: ${key} is a required property`);
  }

  protected override wrong(key: string, needed: string): never {
    throw this.refused(key, `${JSON.stringify(this.object[key])} was given; ${needed} is needed`);
  }
}
