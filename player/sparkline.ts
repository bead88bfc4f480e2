/** Width of the plot in points: a minute at two a second. A shorter history leaves the left side empty. */
export const PLOT_POINTS = 120;

/**
 * Draws a line of values over the canvas, in its own colour. The scale runs from 0 to a little above the greatest value.
 *
 * @param values - oldest first; null leaves a gap.
 * @param mark - value at which a dashed line is drawn; null for none.
 */
export function sparkline(canvas: HTMLCanvasElement, values: readonly (number | null)[], mark: number | null): void {
  const context = canvas.getContext('2d');
  const { clientWidth: width, clientHeight: height } = canvas;
  if (context === null || width === 0) return;
  const { devicePixelRatio: ratio } = window;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  context.scale(ratio, ratio);

  const top = Math.max(...values.map((value) => value ?? 0), mark ?? 0) * 1.15 || 1;
  const x = (index: number): number => ((PLOT_POINTS - values.length + index) / (PLOT_POINTS - 1)) * (width - 2);
  const y = (value: number): number => height - 0.75 - (value / top) * (height - 2);
  const { color } = getComputedStyle(canvas);
  context.strokeStyle = color;

  if (mark !== null) {
    context.setLineDash([2, 4]);
    context.globalAlpha = 0.7;
    context.beginPath();
    context.moveTo(0, y(mark));
    context.lineTo(width, y(mark));
    context.stroke();
    context.setLineDash([]);
  }

  context.globalAlpha = 1;
  context.lineWidth = 1.5;
  context.lineJoin = 'round';
  context.beginPath();
  let drawing = false;
  values.forEach((value, index) => {
    if (value !== null && drawing) context.lineTo(x(index), y(value));
    else if (value !== null) context.moveTo(x(index), y(value));
    drawing = value !== null;
  });
  context.stroke();
}
