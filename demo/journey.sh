# The words of docs/journeys.md, for bash. Beside a running demonstration: . demo/journey.sh <the folder it printed>
#
#   post who path [body]   a command; prints the status, and of a refusal its code and text
#   get who path [pick …]  a question; prints the status, and what is picked from the answer
#   pick expression …      one line each from the last answer: case, items.0.kind, items.*.rule, items.#, items.kind=x.rule
#   paper who path         the words of a paper (PDF)
#   SEAT=id before one of these names the seat that is used, for who has several
#   day YYYY-MM-DD [HH:MM] moves the office clock on, and waits until everything that fell due is done

. "$1/shell.env"
ANSWER=''
POSITION=''

_token() { local name="TOKEN_${1^^}"; printf %s "${!name}"; }

_pick() { printf %s "$ANSWER" | "$HUSROM_PYTHON" -m demo.pick "$@"; }

_send() {
    local headers status=503
    headers=$(mktemp)
    # 503 says: wait some seconds and ask again. A command that is sent again has the same key, so it is done once.
    while [ "$status" = 503 ]; do
        ANSWER=$(curl -sS -D "$headers" -H "Authorization: Bearer $(_token "$1")" ${POSITION:+-H "Husrom-At-Least: $POSITION"} \
            ${SEAT:+-H "Husrom-Seat: $SEAT"} \
            "${@:3}" "$HUSROM_API$2")
        status=$(sed -n 's/^HTTP[^ ]* \([0-9]*\).*/\1/p' "$headers" | tail -1)
    done
    local position
    position=$(sed -n 's/^husrom-position: *\([^[:space:]]*\).*/\1/Ip' "$headers")
    POSITION=${position:-$POSITION}
    rm -f "$headers"
    if [ "$status" -ge 400 ]; then _pick --refusal "$status"; else echo "$status"; fi
}

post() {
    _send "$1" "$2" -X POST -H "Idempotency-Key: $EPOCHREALTIME" \
        -H 'Content-Type: application/json' --data-binary "${3:-null}"
}

get() {
    _send "$1" "$2"
    if [ "$#" -gt 2 ]; then _pick "${@:3}"; fi
}

pick() { _pick "$@"; }

paper() { curl -sS -H "Authorization: Bearer $(_token "$1")" "$HUSROM_API$2" | "$HUSROM_PYTHON" -m demo.words; }

# One process moves the clock for all of a page: each would need a second to begin.
coproc CLOCK { exec "$HUSROM_PYTHON" -m demo.office_time "$HUSROM_READY"; }
disown "$CLOCK_PID"  # or a reader's own `wait` would wait for it as well, for ever

day() {
    local trouble
    echo "$1 ${2:-09:00}" >&"${CLOCK[1]}"
    read -r trouble <&"${CLOCK[0]}" && [ -z "$trouble" ] || echo "${trouble:-the clock has stopped}"
}
