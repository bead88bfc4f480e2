import { bitrateText, secondsText, sizeText, UNKNOWN } from './figures';
import { FORMAT_NAMES } from './format-names';
import type { History, Snapshot } from './snapshot';
import { sparkline } from './sparkline';

/** One measurement: its figure now, and a plot of its last minute. */
interface Measure {
  readonly title: string;
  readonly figure: (now: Snapshot) => string;
  /** Line under the figure with the value that it compares with. */
  readonly note: (now: Snapshot) => string;
  /** Plotted value; null leaves a gap. */
  readonly value: (now: Snapshot, before: Snapshot | undefined) => number | null;
  /** Value at which a line crosses the plot. */
  readonly mark?: (now: Snapshot) => number | null;
}

const MEASURES: readonly Measure[] = [
  {
    title: 'Latency',
    figure: ({ latencySeconds }) => secondsText(latencySeconds),
    note: ({ targetLatencySeconds }) =>
      targetLatencySeconds === null ? '' : `target ${secondsText(targetLatencySeconds)}`,
    value: ({ latencySeconds }) => latencySeconds,
    mark: ({ targetLatencySeconds }) => targetLatencySeconds,
  },
  {
    title: 'Bandwidth',
    figure: ({ bandwidth }) => bitrateText(bandwidth),
    note: ({ rendition }) => (rendition?.bitrate ? `playing ${bitrateText(rendition.bitrate)}` : ''),
    value: ({ bandwidth }) => bandwidth,
  },
  {
    title: 'Buffer',
    figure: ({ bufferSeconds }) => secondsText(bufferSeconds),
    note: () => 'ahead of playback',
    value: ({ bufferSeconds }) => bufferSeconds,
  },
  {
    title: 'Dropped frames',
    figure: ({ droppedFrames }) => String(droppedFrames),
    note: ({ totalFrames }) => `of ${totalFrames}`,
    value: ({ droppedFrames }, before) => (before ? Math.max(0, droppedFrames - before.droppedFrames) : 0),
  },
];

const FACTS: readonly (readonly [string, (now: Snapshot) => string])[] = [
  ['Rendition', ({ rendition }) => sizeText(rendition)],
  ['Format', ({ format }) => (format === null ? UNKNOWN : FORMAT_NAMES[format])],
  ['Engine', ({ engine }) => engine ?? UNKNOWN],
  ['Restarts', ({ rebuilds }) => String(rebuilds)],
];

/**
 * Builds the panel in an empty element.
 *
 * @returns the function that brings the panel up to date.
 */
export function statsPanel(panel: HTMLElement): (history: History) => void {
  const measures = MEASURES.map((measure) => {
    const section = panel.appendChild(document.createElement('section'));
    section.className = 'measure';
    const append = <K extends keyof HTMLElementTagNameMap>(tag: K) => section.appendChild(document.createElement(tag));
    append('h2').textContent = measure.title;
    const figure = append('output');
    // The figures change twice a second, too often to be announced.
    figure.setAttribute('aria-live', 'off');
    figure.setAttribute('aria-label', measure.title);
    const note = append('small');
    const plot = append('canvas');
    plot.setAttribute('aria-hidden', 'true');
    return { ...measure, figure, note, plot, figureText: measure.figure, noteText: measure.note };
  });
  const list = panel.appendChild(document.createElement('dl'));
  list.className = 'facts';
  const facts = FACTS.map(([title, text]) => {
    list.appendChild(document.createElement('dt')).textContent = title;
    return { text, target: list.appendChild(document.createElement('dd')) };
  });

  return (history) => {
    const now = history.at(-1);
    if (now === undefined) return;
    for (const { figure, note, plot, figureText, noteText, value, mark } of measures) {
      figure.textContent = figureText(now);
      note.textContent = noteText(now);
      const values = history.map((snapshot, index) => value(snapshot, history[index - 1]));
      sparkline(plot, values, mark?.(now) ?? null);
    }
    for (const { text, target } of facts) target.textContent = text(now);
  };
}
