import { element, icon, label } from './elements';

/** iPhone has full screen for video elements alone. */
interface PhoneVideo {
  webkitEnterFullscreen?(): void;
}

/** How long the pointer rests before the bar hides in full screen. */
const REST_MILLISECONDS = 3000;

/** Full screen and picture-in-picture, each only where the browser has it. Gives the function that toggles the former. */
export function wireScreen(video: HTMLVideoElement): () => void {
  const player = element('player', HTMLElement);
  const fullscreen = element('fullscreen', HTMLButtonElement);
  const pip = element('pip', HTMLButtonElement);

  const toggle = (): void => {
    if (document.fullscreenElement !== null) void document.exitFullscreen();
    else if (document.fullscreenEnabled) void player.requestFullscreen().catch(() => {});
    else (video as PhoneVideo).webkitEnterFullscreen?.();
  };
  const show = (): void => {
    const inside = document.fullscreenElement !== null;
    icon(fullscreen, inside ? 'exit' : 'enter');
    label(fullscreen, inside ? 'Leave full screen (F)' : 'Full screen (F)');
  };
  fullscreen.hidden = !document.fullscreenEnabled && !('webkitEnterFullscreen' in video);
  fullscreen.addEventListener('click', toggle);
  video.addEventListener('dblclick', toggle);
  document.addEventListener('fullscreenchange', show);
  show();

  pip.hidden = !document.pictureInPictureEnabled;
  label(pip, 'Picture in picture');
  pip.addEventListener('click', () => {
    const change = document.pictureInPictureElement ? document.exitPictureInPicture() : video.requestPictureInPicture();
    // Refused while there is no picture yet; the button is then simply without effect.
    void change.catch(() => {});
  });

  let resting: ReturnType<typeof setTimeout> | undefined;
  const stir = (): void => {
    clearTimeout(resting);
    player.removeAttribute('data-resting');
    resting = setTimeout(() => player.setAttribute('data-resting', ''), REST_MILLISECONDS);
  };
  for (const type of ['pointermove', 'pointerdown', 'keydown']) document.addEventListener(type, stir);
  return toggle;
}
