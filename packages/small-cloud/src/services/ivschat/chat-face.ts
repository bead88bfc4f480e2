import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Cloud, Properties } from '../../contract';
import { guardedServer, guardedUpgrades } from '../../wire/guarded-server';
import { PortOnDemand } from '../kit/listening';
import { type LiveRoom, newId, type Seat } from './live-room';
import { ActionError, readAction } from './messages';
import { Rate } from './rate';
import type { ChatUser } from './tokens';

/** Requests of one connection in a second. @see https://docs.aws.amazon.com/ivs/latest/ChatUserGuide/service-quotas.html */
const REQUESTS_PER_SECOND = 10;

/** Normal closure, RFC 6455 section 7.4.1. */
const NORMAL = 1000;

/** A close frame has room for 123 bytes of reason. A character that is cut in two becomes a replacement of three bytes. */
const LONGEST_REASON = 120;

/** Parts of the service that connections use. */
export interface FaceSubject {
  /** Uses up a token. @returns undefined for one that is not valid. */
  readonly enter: (token: string) => ChatUser | undefined;
  /** Finds a room by its ARN. */
  readonly room: (arn: string) => LiveRoom | undefined;
}

/**
 * The port of loopback that speaks the messaging API: a WebSocket whose sub-protocol is the token. Pages reach it through
 * the edge.
 *
 * @see https://docs.aws.amazon.com/ivs/latest/chatmsgapireference/welcome.html
 */
export class ChatFace {
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024, clientTracking: true });
  private readonly opened: PortOnDemand;

  constructor(
    private readonly cloud: Pick<Cloud, 'names' | 'clock' | 'tell'>,
    private readonly subject: FaceSubject,
  ) {
    const guard = { names: cloud.names, tell: (line: string) => cloud.tell('chat', line, 'warning') };
    const server = guardedServer(guard, (_, response) => {
      response.writeHead(426, { 'content-type': 'text/plain' }).end('A WebSocket is needed.\n');
    });
    guardedUpgrades(server, guard, (request, socket, head) => this.upgrade(request, socket, head));
    this.opened = new PortOnDemand(server);
  }

  /** The port; the first call opens it. */
  port(): Promise<number> {
    return this.opened.port();
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets.clients) socket.terminate();
    await this.opened.stop();
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const token = (request.headers['sec-websocket-protocol'] ?? '').split(',')[0]?.trim() ?? '';
    const user = this.subject.enter(token);
    const room = user && this.subject.room(user.roomArn);
    if (user === undefined || room === undefined) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    this.sockets.handleUpgrade(request, socket, head, (open) => this.seat(open, user, room));
  }

  private seat(socket: WebSocket, user: ChatUser, room: LiveRoom): void {
    const { clock } = this.cloud;
    const rate = new Rate(() => REQUESTS_PER_SECOND);
    const seat: Seat = {
      user,
      send: (message) => socket.send(JSON.stringify(message)),
      close: (reason) => socket.close(NORMAL, Buffer.from(reason).subarray(0, LONGEST_REASON).toString()),
    };
    room.enter(seat);
    const wait = Math.max(0, (user.until - clock.now()) / clock.speed);
    const expiry = setTimeout(() => seat.close('The session has expired'), wait).unref();
    socket.on('message', (data) => void this.take(data, { seat, room, rate }));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearTimeout(expiry);
      room.leave(seat);
    });
  }

  private async take(data: RawData, { seat, room, rate }: Taken): Promise<void> {
    try {
      if (!rate.take(Date.now())) throw new ActionError(429, 'The request rate of the connection is exceeded');
      await room.act(seat, readAction(data.toString()));
    } catch (error) {
      if (!(error instanceof ActionError)) this.cloud.tell('chat', String(error), 'warning');
      seat.send(errorMessage(error instanceof ActionError ? error : new ActionError(500, 'Internal server error')));
    }
  }
}

/** A request of a connection, with its surroundings. */
interface Taken {
  readonly seat: Seat;
  readonly room: LiveRoom;
  readonly rate: Rate;
}

function errorMessage({ code, message, requestId }: ActionError): Properties {
  return { Type: 'ERROR', ErrorCode: code, ErrorMessage: message, Id: newId(), RequestId: requestId };
}
