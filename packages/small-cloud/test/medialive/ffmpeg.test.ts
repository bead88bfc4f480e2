import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { findFfmpeg, frameOption, missingFrom } from '../../src/host/ffmpeg';

describe('finding ffmpeg', () => {
  test('gives its path and version when it has what is needed', async () => {
    const first = execFileSync('ffmpeg', ['-version'], { encoding: 'utf8' });
    const { path, version } = await findFfmpeg({ ...process.env, FFMPEG_PATH: undefined });
    expect(path).toBe('ffmpeg');
    expect(first).toContain(`ffmpeg version ${version} `);
  });

  test('refuses a path where there is none, and says how to install it', async () => {
    await expect(findFfmpeg({ ...process.env, FFMPEG_PATH: '/nowhere/ffmpeg' })).rejects.toThrow(
      'ffmpeg could not be run at FFMPEG_PATH=/nowhere/ffmpeg. Install it with `apt-get install -y ffmpeg`',
    );
  });

  test('refuses a PATH without it', async () => {
    await expect(findFfmpeg({ PATH: '/nowhere' })).rejects.toThrow('ffmpeg was not found on PATH. Install it with');
  });

  test.each([
    ['4.4.2-0ubuntu0.22.04.1', '-vsync'],
    ['n5.0.3', '-vsync'],
    ['5.1.9-0+deb12u1', '-fps_mode'],
    ['n7.1', '-fps_mode'],
    ['10.0', '-fps_mode'],
    ['N-125875-g5d4d3bdc61', '-fps_mode'],
  ])('knows how frames are left out by %s', (version, option) => {
    expect(frameOption(version)).toBe(option);
  });

  test('names what an ffmpeg lacks', () => {
    const missing = missingFrom({
      '-encoders': ' V....D h264_v4l2m2m         V4L2\n A..... aac                  AAC (Advanced Audio Coding)\n',
      '-protocols': 'Input:\n  http\n  pipe\n',
    });
    expect(missing).toContain('the encoder libx264');
    expect(missing).toContain('an mp4 muxer that writes CMAF');
    expect(missing).not.toContain('the encoder aac');
    expect(missing).not.toContain('the protocol http');
  });
});
