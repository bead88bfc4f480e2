/** The viewer's wishes: to play or to pause, and to be live. The element may be paused for other reasons. */
export class PlayIntent {
  wantsPlay = true;
  /** True while the viewer watches live, and wants to be back there after a stall. */
  following = true;

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
