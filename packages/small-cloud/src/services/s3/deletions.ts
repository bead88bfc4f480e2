import { xmlDocument, xmlElements } from '../../wire/xml';
import { AwsError } from '../kit/aws-error';
import { notImplemented } from '../kit/objects/s3-error';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/**
 * Removes the objects that a DeleteObjects lists, each on its own, and returns the answer.
 *
 * @param remove - removes one object. @throws AwsError, which the answer lists.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
 */
export async function deletions(text: string, remove: (key: string) => Promise<void>): Promise<string> {
  const deleted: { readonly Key: string }[] = [];
  const errors: { readonly Key: string; readonly Code: string; readonly Message: string }[] = [];
  for (const object of xmlElements(text, 'Object')) {
    const [Key] = xmlElements(object, 'Key');
    const [version = 'null'] = xmlElements(object, 'VersionId');
    if (Key === undefined) throw new AwsError('MalformedXML', 'The XML you provided was not well-formed.');
    if (version !== 'null') throw notImplemented(`VersionId ${version}`);
    if (xmlElements(object, 'ETag').length > 0) throw notImplemented('ETag of DeleteObjects');
    try {
      await remove(Key);
      deleted.push({ Key });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      errors.push({ Key, Code: error.code, Message: error.message });
    }
  }
  const quiet = xmlElements(text, 'Quiet')[0] === 'true';
  return xmlDocument('DeleteResult', NAMESPACE, { Deleted: quiet ? [] : deleted, Error: errors });
}
