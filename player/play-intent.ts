/** The viewer's wish to play or to pause. The element may be paused for other reasons. */
export class PlayIntent {
  wantsPlay = true;

  constructor(video: HTMLVideoElement) {
    // Media keys, picture-in-picture and the browser itself also play and pause.
    video.addEventListener('play', () => {
      this.wantsPlay = true;
    });
    video.addEventListener('pause', () => {
      // An engine that lets go of the element pauses it too, and leaves it empty.
      if (!video.ended && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) this.wantsPlay = false;
    });
  }
}
