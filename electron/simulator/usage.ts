import { LINE_USAGE } from './network/line-flags.ts';

export const USAGE = `Usage: npm run simulator -- [flags]

A Tello made of UDP on this machine: answers commands, sends state and video to
whoever sent "command" last.

  --client COMMAND             run COMMAND in a network where the drone is 192.168.10.1,
                               as on a Tello's Wi-Fi (npm run simulator on Linux)
  --host ADDRESS               where to listen for commands (127.0.0.1)
  --port N                     command port, 0 = any free one (8889)
  --state-port N               the client's state port (8890)
  --video-port N               the client's video port (11111)
  --width N, --height N        size of the picture (960, 720)
  --fps N                      pictures a second (30)
  --bitrate N                  bits a second (2500000)
  --model NAME                 tello (SDK 1.3), edu (2.0) or tt (3.0 with controller) (tt)
  --battery N                  charge at the start, in percent (87)
  --seed N                     same seed: same land, same faults (1)
  --picture-code               frame number and clock in the picture, for people and machines
  --tour                       the camera goes a round of its own, whatever the drone does

Streams of other senders:
  --datagram-bytes N           the most a video datagram carries (1460)
  --slices N                   slices a picture (1)
  --keyframe-interval N        an IDR every N pictures (30); never: the first one alone
  --exact-multiples P          lengthen slices to a multiple of the datagram size
  --order-count 0|2            picture order count type (2)
  --vui                        timing and reordering in the parameter sets

${LINE_USAGE}
Other faults:
  --loss, --reorder, --duplicate, --lose-answers P
                               short for --video-loss and so on, and --answer-loss
  --silence-after S            fall silent S seconds after the first "command"
  --silence-for S              be back after S seconds of silence
  --garbage-first              a binary datagram before the first "ok"
  --answer-delay MS            answer later
  --always-ok                  answer "ok" to everything, even questions
  --streamon-error             answer "error" to "streamon", though video flows
  --video-unasked              send video to whoever sends anything at all
  --one-ok-for-two MS          no answer to a takeoff, land MS late, then one "ok"
                               for both (17000 was captured)
  --no-valid-imu               sees no floor: refuse takeoff and manoeuvres
  --wind CM_S                  gusts from the left of where it started
  --wall CM                    a wall so far ahead of where it started
  --start-mid-gop              begin the video between two IDRs
  --p-frames-only              never send parameter sets or an IDR
  --no-video                   accept "streamon", send nothing
  --resolution-change-after S  change to 640x480 after S seconds of video

  --help                       this text
`;
