import type { NodeStatus } from '../../../contract';
import type { IngestOptions, PipelineIngest } from '../contract/contribution';
import type { PassedOn } from '../contract/passed-audio';
import type { IngestSource } from '../contract/pipeline-source';
import { FlvFeed } from './flv-feed';
import type { IngestStatus } from './ingest-state';
import { openingStatus, receivingStatus } from './ingest-status';
import { Contribution } from './rtmp/contribution';
import { flvHeader, tagBytes } from './rtmp/flv';
import { type Publisher, RtmpListener } from './rtmp/listener';

/** A publisher that sends nothing for this many seconds counts as an input loss, though it stays connected. */
const SILENCE_SECONDS = 2;
/** Seconds within which a sentence is not repeated: a refused client often tries again at once. */
const REPEAT_SECONDS = 10;

type PushSource = Extract<IngestSource, { readonly kind: 'push' }>;

/**
 * One input pipeline of RTMP push: a listener that is always open, and an ingest process for each stretch of its
 * publisher's stream.
 */
export class RtmpIngest implements PipelineIngest {
  private listener: RtmpListener | undefined;
  private opening: Promise<void> = Promise.resolve();
  private contribution: { readonly of: Publisher; readonly from: Contribution } | undefined;
  /** Feeds in their order. The first one flows; the others wait until it has ended. */
  private feeds: FlvFeed[] = [];
  private stopping = false;
  private paused = false;
  private receiving = false;
  private lastByteAt = 0;
  private shown: IngestStatus = { state: 'stopped', detail: 'idle' };
  private told = '';
  private readonly refusals = new Map<string, number>();
  private watch: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: IngestOptions<PushSource>,
    private readonly passed: PassedOn,
  ) {}

  start(): void {
    this.opening = this.open();
    this.watch = setInterval(() => this.lookForSilence(), 250);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearInterval(this.watch);
    await this.opening;
    await this.listener?.close();
    await Promise.all(this.feeds.map((feed) => feed.end()));
    this.shown = { state: 'stopped', detail: 'idle' };
  }

  resume(): void {
    this.paused = false;
    this.lastByteAt = this.options.means.now();
    this.feeds[0]?.flow(true);
  }

  status(): NodeStatus {
    return { node: this.options.node, ...this.shown };
  }

  /** Listens, at another port when the first one is taken. */
  private async open(): Promise<void> {
    const { endpoint } = this.options.source;
    while (!this.stopping) {
      const listener = new RtmpListener(
        endpoint.streamName,
        {
          connected: (publisher) => this.connected(publisher),
          tag: (publisher, tag) => {
            if (this.contribution?.of === publisher) this.contribution.from.take(tag, this.options.means.now());
          },
          gone: (publisher) => this.gone(publisher),
          refused: (sentence) => this.tellRefusal(sentence),
        },
        this.options.means.now,
      );
      try {
        await listener.listen(endpoint.port);
        this.listener = listener;
        this.show(openingStatus(this.options.source));
        return;
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code !== 'EADDRINUSE') {
          this.shown = { state: 'failed', detail: `cannot listen at ${endpoint.url}: ${message}` };
          this.options.means.tell(this.options.node, this.shown.detail, 'warning');
          return;
        }
        const taken = endpoint.port;
        await endpoint.move();
        const words = `port ${taken} is taken by another program; moved to ${endpoint.url}`;
        this.options.means.tell(this.options.node, words, 'warning');
      }
    }
  }

  private connected(publisher: Publisher): void {
    const from = new Contribution({
      begin: (hasAudio) => {
        this.feeds.at(-1)?.finish();
        this.addFeed(publisher).write(flvHeader(hasAudio));
      },
      give: (tag) => {
        if (this.feeds.at(-1)?.write(tagBytes(tag)) === false) publisher.pause();
      },
      refuse: (sentence) => this.refuse(publisher, sentence),
    });
    this.contribution = { of: publisher, from };
  }

  private gone(publisher: Publisher): void {
    if (this.contribution?.of !== publisher) return;
    this.contribution = undefined;
    this.feeds.at(-1)?.finish();
    if (this.receiving) this.options.means.tell(this.options.node, 'the publisher has gone', 'info');
    this.told = '';
  }

  private addFeed(publisher: Publisher): FlvFeed {
    const feed = new FlvFeed(this.options.means, this.options.source, this.passed, {
      bytes: (bytes) => this.receive(bytes),
      drained: () => publisher.resume(),
      refused: (why) => this.refuse(publisher, `what it sends ${why}`),
      ended: (complaint) => this.ended(feed, publisher, complaint),
    });
    this.feeds.push(feed);
    if (this.feeds.length === 1) feed.flow(!this.paused);
    return feed;
  }

  private ended(feed: FlvFeed, publisher: Publisher, complaint: string | undefined): void {
    const wasFirst = this.feeds[0] === feed;
    this.feeds = this.feeds.filter((each) => each !== feed);
    if (this.stopping) return;
    if (complaint !== undefined) this.refuse(publisher, `what it sends cannot be read: ${complaint}`);
    if (!wasFirst) return;
    this.paused = false;
    this.options.sink.gone();
    this.lastByteAt = this.options.means.now();
    if (this.feeds.length === 0) this.lose();
    else this.feeds[0]?.flow(true);
  }

  private receive(bytes: Buffer): void {
    if (this.stopping) return;
    this.lastByteAt = this.options.means.now();
    if (!this.receiving) {
      this.receiving = true;
      this.options.onReceiving(true);
      this.show(receivingStatus(this.options.source));
    }
    if (this.options.sink.take(bytes)) return;
    this.paused = true;
    this.feeds[0]?.flow(false);
  }

  /** Ends the stretch of a publisher that sends nothing; it may go on with its next keyframe. */
  private lookForSilence(): void {
    if (!this.receiving || this.paused || this.options.means.now() - this.lastByteAt < SILENCE_SECONDS) return;
    this.contribution?.from.interrupted();
    for (const feed of this.feeds) feed.finish();
  }

  private lose(): void {
    if (!this.receiving) return;
    this.receiving = false;
    this.options.onReceiving(false);
    this.show(openingStatus(this.options.source));
  }

  private refuse(publisher: Publisher, sentence: string): void {
    if (this.contribution?.of !== publisher) return;
    this.contribution = undefined;
    this.feeds.at(-1)?.finish();
    this.tellRefusal(`refused a publisher: ${sentence}`);
    publisher.refuse(sentence);
  }

  private tellRefusal(sentence: string): void {
    const now = this.options.means.now();
    for (const [told, at] of this.refusals) if (now - at > REPEAT_SECONDS) this.refusals.delete(told);
    if (!this.refusals.has(sentence)) this.options.means.tell(this.options.node, sentence, 'warning');
    this.refusals.set(sentence, now);
  }

  private show(status: IngestStatus): void {
    if (this.told !== status.detail) this.options.means.tell(this.options.node, status.detail, 'info');
    this.told = status.detail;
    this.shown = status;
  }
}
