import {
  ContainerNotFoundException,
  DescribeContainerCommand,
  type MediaStoreClient,
} from '@aws-sdk/client-mediastore';
import { SignatureV4 } from '@smithy/signature-v4';
import { NoAnswerError } from '../shared/answer';
import type { Item, MediaStore, Page } from './emptying';

interface ListItemsResponse {
  readonly Items?: readonly { readonly Name?: string; readonly Type?: string }[];
  readonly NextToken?: string | null;
}

type Query = Readonly<Record<string, string>>;

/**
 * Returns MediaStore behind its APIs. The SDK's client of the data plane is not installed, so its two calls are made by
 * hand. They are signed with the SDK's own signer, and with the credentials and the Region of the client.
 *
 * @see https://docs.aws.amazon.com/mediastore/latest/apireference/API_Operations_AWS_Elemental_MediaStore_Data_Plane.html
 */
export function mediaStoreOf(client: MediaStoreClient): MediaStore {
  return {
    async endpoint(name) {
      try {
        const { Container } = await client.send(new DescribeContainerCommand({ ContainerName: name }));
        return Container?.Endpoint;
      } catch (error) {
        if (error instanceof ContainerNotFoundException) return undefined;
        throw error;
      }
    },

    async list(endpoint, folder, token) {
      const query: Record<string, string> = {};
      if (folder !== '') query['Path'] = folder;
      if (token !== undefined) query['NextToken'] = token;
      const answer = await call(client, 'GET', new URL(endpoint), query);
      return isGone(answer) ? { items: [] } : pageOf(answer);
    },

    async remove(endpoint, path) {
      const base = endpoint.replace(/\/$/, '');
      await call(client, 'DELETE', new URL(`${base}/${path.split('/').map(encodeURIComponent).join('/')}`));
    },
  };
}

/**
 * Makes a signed call of the data plane. An answer 404 is returned like a success.
 *
 * @throws Error with the service's own name and message.
 */
async function call(client: MediaStoreClient, method: string, url: URL, query: Query = {}): Promise<Response> {
  const headers = await signedHeaders(client, method, url, query);
  const asked = new URL(url);
  asked.search = new URLSearchParams(query).toString().replaceAll('+', '%20');
  const answer = await fetch(asked, { method, headers }).catch((cause: unknown) => {
    // The error has a name of its own, because fetch throws TypeError, which is also the name of a bug in this code.
    throw new NoAnswerError(`MediaStore could not be reached for a ${method} of the container`, { cause });
  });
  if (answer.ok || isGone(answer)) return answer;
  const { message, Message } = (await answer.json().catch(() => ({}))) as { message?: string; Message?: string };
  throw Object.assign(
    new Error(message ?? Message ?? `${method} of the container was answered with ${answer.status}`),
    {
      name: answer.headers.get('x-amzn-errortype')?.split(':')[0] ?? 'MediaStoreError',
      // The members that an error of the SDK has.
      $fault: answer.status < 500 ? 'client' : 'server',
      $metadata: { httpStatusCode: answer.status },
    },
  );
}

async function signedHeaders(client: MediaStoreClient, method: string, url: URL, query: Query) {
  const { credentials, region, sha256 } = client.config;
  const signer = new SignatureV4({ service: 'mediastore', credentials, region, sha256 });
  const { headers } = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    port: url.port === '' ? undefined : Number(url.port),
    path: url.pathname,
    query: { ...query },
    headers: { host: url.host },
  });
  // fetch takes the host from the URL.
  const { host: _, ...others } = headers;
  return others;
}

async function pageOf(answer: Response): Promise<Page> {
  const { Items = [], NextToken } = await listed(answer);
  const items = Items.flatMap(({ Name, Type }): Item[] =>
    Name !== undefined && (Type === 'OBJECT' || Type === 'FOLDER') ? [{ name: Name, type: Type }] : [],
  );
  return NextToken === undefined || NextToken === null ? { items } : { items, next: NextToken };
}

async function listed(answer: Response): Promise<ListItemsResponse> {
  try {
    return ((await answer.json()) ?? {}) as ListItemsResponse;
  } catch (cause) {
    throw new NoAnswerError('MediaStore listed the container in an answer that cannot be read', { cause });
  }
}

/** Recognizes ObjectNotFoundException: the object is gone, or the folder has no member any more. */
function isGone({ status }: Response): boolean {
  return status === 404;
}
