// Goes on for minutes, if it is let: what `make bench` and a test ask a hundred times at once.
UNWIND range(1, 9000) AS a
UNWIND range(1, 9000) AS b
UNWIND range(1, 100) AS c
RETURN max(a * b - c) AS most
