#!/bin/busybox sh
# First process of the camera machine: takes the host's root read-only over 9p, lays a writable
# overlay on it, and runs the script named by `hoverdeck.run=` there.
b=/bin/busybox
$b mount -t proc proc /proc
$b mount -t sysfs sysfs /sys
$b mount -t devtmpfs dev /dev
while read -r module; do
  $b insmod "/modules/$module" || echo "init: $module did not load"
done < /modules/order

nine=trans=virtio,version=9p2000.L,msize=512000
$b mount -t 9p -o ro,cache=loose,$nine host /lower
$b mount -t tmpfs -o size=1g rw /rw
$b mkdir /rw/upper /rw/work
$b mount -t overlay -o lowerdir=/lower,upperdir=/rw/upper,workdir=/rw/work overlay /root
for place in proc sys dev; do $b mount --move /$place /root/$place; done
$b mount -t 9p -o rw,$nine report /root/mnt

run=$($b sed -n 's/.*hoverdeck\.run=\([^ ]*\).*/\1/p' /root/proc/cmdline)
$b chroot /root /bin/sh "$run"
echo "guest: exit $?"
$b poweroff -f
