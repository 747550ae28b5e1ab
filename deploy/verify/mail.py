#!/usr/bin/env python3
"""Sends mail over SMTP and reads through the web API what was acknowledged.

usage: mail.py send HOST:PORT DOMAIN SESSIONS FILE   until the standard input ends; FILE gets a line an acknowledged mail
       mail.py read URL FILE                         each of them is there, once: prints how many are, are missing, are twice
"""
import collections, json, smtplib, sys, threading, time, urllib.parse, urllib.request


def send(server, domain, sessions, path):
    host, port = server.rsplit(":", 1)
    ended, lock = threading.Event(), threading.Lock()
    counts = collections.Counter()
    last = time.monotonic()
    pause = 0.0
    with open(path, "w", encoding="ascii") as acknowledged:

        def run(session):
            nonlocal last, pause
            number = 0
            while not ended.is_set():
                try:
                    with smtplib.SMTP(host, int(port), timeout=60) as client:
                        while not ended.is_set() and number % 20 != 19:
                            number += 1
                            inbox, subject = f"box{session}.{number // 50}@{domain}", f"{session}-{number}"
                            client.sendmail("verify@sender.example", [inbox], f"Subject: {subject}\r\n\r\n{'x' * 300}\r\n")
                            with lock:
                                acknowledged.write(f"{inbox} {subject}\n")
                                counts["acknowledged"] += 1
                                now = time.monotonic()
                                last, pause = now, max(pause, now - last)
                        number += 1
                except smtplib.SMTPRecipientsRefused as refused:
                    counts[f"{next(iter(refused.recipients.values()))[0]}"[0] + "yz"] += 1
                except smtplib.SMTPResponseException as refused:
                    counts[f"{refused.smtp_code}"[0] + "yz"] += 1
                except (OSError, smtplib.SMTPException):
                    counts["broken"] += 1

        threads = [threading.Thread(target=run, args=(i,)) for i in range(sessions)]
        for thread in threads:
            thread.start()
        sys.stdin.read()
        ended.set()
        for thread in threads:
            thread.join()
    print(f"{counts['acknowledged']} acknowledged, {counts['broken']} broken sessions, {counts['4yz']} 4yz, {counts['5yz']} 5yz, longest pause {pause:.1f} s")


def read(url, path):
    wanted = collections.defaultdict(set)
    with open(path, encoding="ascii") as lines:
        for line in lines:
            inbox, subject = line.split()
            wanted[inbox].add(subject)
    found = missing = twice = 0
    for inbox, subjects in wanted.items():
        request = urllib.request.Request(
            f"{url}/v1/inboxes/{urllib.parse.quote(inbox)}/messages?limit=100",
            headers={"Authorization": "Bearer verify-operator-key"})
        with urllib.request.urlopen(request) as answer:
            stored = collections.Counter(m["subject"] for m in json.load(answer)["messages"])
        missing += len(subjects - stored.keys())
        found += len(subjects & stored.keys())
        twice += sum(stored[s] > 1 for s in subjects)
    print(f"{found} there, {missing} missing, {twice} twice")
    return 1 if missing or not found else 0


if sys.argv[1] == "send":
    send(sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5])
else:
    sys.exit(read(sys.argv[2], sys.argv[3]))
