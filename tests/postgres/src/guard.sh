# Stops the shared server once no process uses it. Run detached, with:
#   users      the file that every user holds a shared lock on
#   cluster    the server's directory
#   process    the server's process: when it is gone, so is the reason to wait
#   grace      seconds to wait for a next user
#   pg_ctl     the program that stops it
#   as_user    words that run a program as the server's user, or nothing
users=$1 cluster=$2 process=$3 grace=$4 pg_ctl=$5 as_user=$6

while [ "$(head -n 1 "$cluster/data/postmaster.pid" 2>/dev/null)" = "$process" ] && kill -0 "$process" 2>/dev/null; do
    flock --exclusive "$users" true
    sleep "$grace"
    # Under the lock, so that nobody joins a server that is about to end. Split into words on purpose.
    flock --exclusive --nonblock "$users" sh -c "$as_user $pg_ctl stop --pgdata $cluster/data --mode immediate --wait && rm -rf $cluster" || continue
done
