import { BarButton } from './bar-button';
import { element, label } from './elements';

/** On iPhone, only video elements can go full screen. */
interface PhoneVideo {
  webkitEnterFullscreen?(): void;
}

const ENTER = 'M4.5 9V4.5H9M15 4.5h4.5V9M19.5 15v4.5H15M9 19.5H4.5V15';
const LEAVE = 'M9 4.5V9H4.5M19.5 9H15V4.5M15 19.5V15h4.5M4.5 15H9v4.5';
const SMALL_WINDOW =
  'M10 18.5H5a1.5 1.5 0 0 1-1.5-1.5V7A1.5 1.5 0 0 1 5 5.5h14A1.5 1.5 0 0 1 20.5 7v3.5M13 14h7.5v5.5H13zM14.5 16.75h4.5';

/** Time that the pointer rests before the bar hides in full screen. */
const REST_MILLISECONDS = 3000;

/** Adds picture-in-picture and full screen, each where the browser has it. Returns the function that toggles full screen. */
export function wireScreen(video: HTMLVideoElement): () => void {
  if (document.pictureInPictureEnabled) addPictureInPicture(video);
  hideBarAtRest(element('player', HTMLElement));
  return addFullScreen(video, element('player', HTMLElement));
}

function addPictureInPicture(video: HTMLVideoElement): void {
  const { button } = new BarButton('pip', SMALL_WINDOW);
  label(button, 'Picture in picture');
  button.addEventListener('click', () => {
    const change = document.pictureInPictureElement ? document.exitPictureInPicture() : video.requestPictureInPicture();
    // The browser refuses while there is no frame yet; the button then has no effect.
    void change.catch(() => {});
  });
}

function addFullScreen(video: HTMLVideoElement, player: HTMLElement): () => void {
  const toggle = (): void => {
    if (document.fullscreenElement !== null) void document.exitFullscreen();
    else if (document.fullscreenEnabled) void player.requestFullscreen().catch(() => {});
    else (video as PhoneVideo).webkitEnterFullscreen?.();
  };
  video.addEventListener('dblclick', toggle);
  if (!document.fullscreenEnabled && !('webkitEnterFullscreen' in video)) return toggle;

  const fullscreen = new BarButton('fullscreen', ENTER);
  fullscreen.button.addEventListener('click', toggle);
  const show = (): void => {
    const inside = document.fullscreenElement !== null;
    fullscreen.show(inside ? LEAVE : ENTER);
    label(fullscreen.button, inside ? 'Leave full screen (F)' : 'Full screen (F)');
  };
  document.addEventListener('fullscreenchange', show);
  show();
  return toggle;
}

function hideBarAtRest(player: HTMLElement): void {
  let resting: ReturnType<typeof setTimeout> | undefined;
  const stir = (): void => {
    clearTimeout(resting);
    player.removeAttribute('data-resting');
    resting = setTimeout(() => player.setAttribute('data-resting', ''), REST_MILLISECONDS);
  };
  for (const type of ['pointermove', 'pointerdown', 'keydown']) document.addEventListener(type, stir);
}
