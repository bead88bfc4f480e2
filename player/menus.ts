import { type Capabilities, type Choice, engineFor, type Wish } from './choice';
import type { PlayerConfig } from './config';
import { element, fill, say } from './elements';
import { FORMAT_NAMES } from './format-names';

/** The head and foot of the page: title, channel, format, another manifest, and notices. */
export class Menus {
  private readonly channel = element('channel', HTMLSelectElement);
  private readonly format = element('format', HTMLSelectElement);
  private readonly other = element('other-url', HTMLInputElement);
  private readonly notice = element('notice', HTMLElement);

  /** @param wished - called with the viewer's next wish. */
  constructor(
    private readonly capabilities: Capabilities,
    wished: (wish: Wish) => void,
  ) {
    this.channel.addEventListener('change', () => wished({ channel: this.channel.value }));
    this.format.addEventListener('change', () => {
      wished({ channel: this.channel.value, format: this.format.value });
    });
  }

  /** Shows the channels and formats, and the ones that play. */
  show(config: PlayerConfig | undefined, choice: Choice | undefined, manifest: string | undefined): void {
    const title = config?.title ?? 'Live';
    say(element('title', HTMLElement), title);
    document.title = choice?.channel ? `${choice.channel.name} · ${title}` : title;
    if (manifest !== undefined) {
      this.other.value = manifest;
      element('other', HTMLDetailsElement).open = true;
    }
    element('other-close', HTMLButtonElement).hidden = manifest === undefined || config === undefined;

    const channels = config?.channels ?? [];
    fill(
      this.channel,
      channels.map(({ name }) => [name, name]),
    );
    const formats = (choice?.channel?.manifests ?? []).filter(({ format }) => engineFor(format, this.capabilities));
    fill(
      this.format,
      formats.map(({ format }) => [format, FORMAT_NAMES[format]]),
    );
    element('channel-field', HTMLElement).hidden = choice?.channel === undefined || channels.length < 2;
    element('format-field', HTMLElement).hidden = formats.length === 0;
    if (choice?.channel !== undefined) this.channel.value = choice.channel.name;
    if (choice !== undefined) this.format.value = choice.format;
  }

  /** Shows sentences above the video, until they are dismissed or replaced. */
  tell(notices: readonly string[]): void {
    this.notice.hidden = notices.length === 0;
    say(element('notice-text', HTMLElement), notices.join(' '));
  }
}
