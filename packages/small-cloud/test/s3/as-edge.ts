import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** A request of the edge: it asks at an address by the public name of the origin, which `fetch` cannot. */
export interface EdgeRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks an origin as the edge does. @param host - public name of the origin. */
export function askAsEdge(url: string, host: string, { method = 'GET', headers = {} }: EdgeRequest): Promise<Response> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers: { ...headers, host } }, async (answer) => {
      const body = await buffer(answer);
      const given = Object.entries(answer.headers).flatMap(([name, value]) =>
        [value ?? []].flat().map((one): [string, string] => [name, one]),
      );
      const { statusCode: status = 0 } = answer;
      resolve(new Response([204, 304].includes(status) || method === 'HEAD' ? null : body, { status, headers: given }));
    });
    asked.on('error', reject).end();
  });
}
