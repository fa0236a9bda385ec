# Keeps one throw-away PostgreSQL cluster for the test process that holds the other end of its input.
#
#   sh -c "$(cat postgres_keeper.sh)" keeper BIN DIRECTORY
#
# BIN holds initdb and pg_ctl; DIRECTORY is ours to fill and to remove. Orders come as lines: `make`,
# `start`, `stop` (as at a power cut), and each is answered by one line, `done` or `failed`. The end
# of the input means that the tests are over, by whatever way, a panic and SIGKILL included: then
# the cluster is stopped and every trace removed.
PATH=$PATH:/usr/bin:/bin
bin=$1
directory=$2
# Survive what ends the tests, a closed pipe included. A trap that does something, however little, is
# not handed on to the server.
trap : INT TERM HUP PIPE

initialise() {
    "$bin/initdb" --pgdata="$directory/data" --username=postgres --auth=trust --no-locale --encoding=UTF8
}

while read -r order; do
    case $order in
        make) initialise ;;
        start) "$bin/pg_ctl" -D "$directory/data" -l "$directory/server.log" -w -t 60 start ;;
        stop) "$bin/pg_ctl" -D "$directory/data" -m immediate -w stop ;;
        *) false ;;
    esac >"$directory/keeper.log" 2>&1 && echo done || echo failed
done 2>/dev/null

"$bin/pg_ctl" -D "$directory/data" -m immediate -w stop >/dev/null 2>&1
rm -rf "$directory"
