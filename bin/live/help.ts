/** The text of `--help`. */
export const HELP = `Operates the channels of a deployed stack, in AWS or in a local run.

  npm run live -- status                     state, inputs, alerts, age and cost of every channel
  npm run live -- status --check             the same; ends with 5 unless every channel runs without alerts
  npm run live -- urls stage                 player, manifests, and where channel "stage" takes its contribution
  npm run live -- start stage                starts it and waits until it is RUNNING
  npm run live -- stop                       stops every channel and waits until they are IDLE
  npm run live -- restart stage --timeout 600
  npm run live -- alerts --all               alerts that are set, and those that were cleared recently
  npm run live -- history --since 2h         what happened to the channels, in words
  npm run live -- watch --every 10           status repeatedly, until Ctrl-C
  npm run live -- status --local             the local run on this machine

Viewers of a stack with access
  npm run live -- sessions                   who watches now, on which device, since when
  npm run live -- revoke SESSION             ends a session, or all sessions of a viewer
  npm run live -- revoke --all               ends every session that began before now
  npm run live -- link stage --hours 2 --once   a link that opens channel "stage" once
  npm run live -- viewer add ana@example.com --group main
  npm run live -- viewer groups ana@example.com --add stage --remove main
  npm run live -- viewer remove ana@example.com
  npm run live -- viewer list                who signs in with Cognito, and in which groups they are

Audience of a stack with analytics
  npm run live -- audience --watch           viewers, start time, rebuffering, bitrate, latency and errors of the last 5 minutes
  npm run live -- audience --html audience.html --days 30   one page with charts, to look at and to hand on
  npm run live -- query                      the saved queries
  npm run live -- query rebuffering --days 2 --channel stage
  npm run live -- query viewers-by-minute --csv

Recordings of channels with recording
  npm run live -- recordings                 what there is to play, and what is being made
  npm run live -- recordings remove main/20261128T190000Z
  npm run live -- clip stage --from -10m --title "The goal" --mp4   the last ten minutes, while the show goes on
  npm run live -- clip stage --from 2026-11-28T19:00:00Z --to 2026-11-28T19:30:00Z

Chat of channels with chat
  npm run live -- chat stage                 the link of the moderators
  npm run live -- chat stage delete MESSAGE  deletes a message from every page
  npm run live -- chat stage mute USER --minutes 10   the user can only read
  npm run live -- chat stage ban USER        disconnects a user, who stays out for an hour
  npm run live -- chat stage allow USER      takes both back

Ads of a stack with ads
  npm run live -- ad-break main --seconds 30      a break of half a minute, now
  npm run live -- ad-break main --seconds 30 --in 15   the same in 15 seconds, at least, so that players can prepare
  npm run live -- ads add FILE --name "Summer" --weight 2 --from 2026-11-28T00:00:00Z --only main
  npm run live -- ads list                   the ads and their ids; ads remove ID removes one

Polls of channels with polls
  npm run live -- poll stage --question "Who scores next?" --option Red --option Blue   asks now, and follows the votes
  npm run live -- poll stage --question "Again?" --option Yes --option No --seconds 120 --in 20 --no-wait
  npm run live -- poll stage                 the result of the newest poll

Commands: status, urls, start, stop, restart, alerts, history, watch, sessions, audience; each takes the name of one channel, or means all.
viewer add, viewer remove, viewer groups and viewer list manage the viewers of a stack with sign-in by Cognito.

Options
  --stack NAME         the stack (default live-streaming)
  --region REGION      its Region (default: that of your AWS settings)
  --local              the local run at http://127.0.0.1:4566 instead of AWS
  --endpoint URL       a local run at another address
  --json               one JSON document instead of text (watch: one line for each look)
  --check              status: end with 5 when a channel is not RUNNING or has alerts
  --all                alerts: also those that were cleared; revoke: every session
  --timeout SECONDS    start, stop, restart: how long to wait in total (default 900)
  --no-wait            start, stop: do not wait for the new state; poll: do not follow the votes
  --every SECONDS      watch, audience: the time between two looks (default 5)
  --since TIME         history: how far back, such as 30m, 2h or 7d (default 24h)
  --hours HOURS        link: how long it can be used (default 2)
  --once               link: it opens one session only
  --group NAME         viewer add: a group for the viewer; may be repeated
  --password TEXT      viewer add: the password to keep; otherwise Cognito invites by e-mail with a temporary one
  --add, --remove NAME viewer groups: a group to join or to leave; may be repeated
  --watch              audience: repeatedly, until Ctrl-C
  --html FILE          audience: write a page with charts of all reports into a file
  --days DAYS          query, audience --html: how many days back (default 7)
  --channel NAME       query, audience --html: one channel (default all)
  --session ID         query session-timeline: the session (default the one that stood still longest)
  --csv                query: comma-separated values
  --from, --to TIME    clip: ISO 8601 with its offset, so long ago (-90s, -10m, -2h), or now (the default of --to)
  --title TEXT         clip: its title
  --minutes MINUTES    chat mute, chat ban: for how long (default 60)
  --question TEXT      poll: the question
  --option TEXT        poll: an answer; given 2 to 6 times
  --seconds SECONDS    ad-break: its length; poll: how long the question is on the screen (default 60)
  --in SECONDS         ad-break, poll: so much later, 15 at least (default now)
  --mp4                clip: make an MP4 file of it as well
  --help               this text

Credentials are those of the AWS CLI: AWS_PROFILE=NAME npm run live -- status

It ends with
  0  all went well
  1  wrong use
  2  no such stack, channel, viewer or group; or the stack records nothing
  3  the state was not reached in time, or the service refused or did not answer
  4  no valid credentials, or no permission
  5  status --check: a channel is not RUNNING or has alerts
  130  Ctrl-C; MediaLive finishes what it was asked for`;
