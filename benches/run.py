#!/usr/bin/env python3
"""Measures Khomo beside what one would use instead, on this machine and over the loopback alone.

    run.py --khomo target/release/khomo [ingest|diff|pages|search|api|startup|duties|board|close ...]

Everything that is compared runs within the same minutes. See README.md for what the figures mean.
"""

import argparse
import asyncio
import base64
import contextlib
import csv
import datetime
import http.client
import http.cookiejar
import io
import ipaddress
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "khomo"
DUCKDB = "duckdb==2.0.0"  # what ingest is compared with; one version, so that figures of two days compare
DATASETTE = "datasette==0.65.5"  # what the API is compared with

# The bars (the issue "Foundation"): a figure past its bar is marked, and the run fails.
BAR_INGEST_CPU = 4.0  # times DuckDB's
BAR_INGEST_MEMORY = 512  # MB, for a file of 1 GB
BAR_DIFF_SECONDS = 10.0  # for two versions of a million rows (the issue "The internal portal")
BAR_DIFF_MEMORY = 512  # MB
BAR_SCAN_SHARE = 0.50  # of ingest's CPU time (the issue "The internal portal")
BAR_UPLOAD_MEMORY = 128  # MB that the program grows by while a file comes
BAR_UPLOAD_P99 = 250.0  # ms, of public pages meanwhile
BAR_UPLOAD_RATE = 100.0  # MB/s over the loopback
BAR_PAGE_SHARE = 0.40  # of the requests/s of the bare page
BAR_SEARCH_P99 = 25.0  # ms
BAR_PHONE_LCP = 1500.0  # ms until the largest part of a page is there, on a slow phone
BAR_EXPLORER_P99 = 40.0  # ms, at a million rows (the issue "The public portal, complete")
BAR_EXPLORER_TIME = 1.5  # times DuckDB's, of a filter and a sort on the same file
BAR_EXPORT_TIME = 1.2  # times DuckDB's, of a filtered CSV in row order
BAR_EXPORT_MEMORY = 256  # MB that the program grows by
BAR_API_RATE = 20.0  # times the requests/s of Datasette (the issue "The public portal, complete")
BAR_TURN = {"SQLite": 10.0, "PostgreSQL": 30.0}  # s, of a turn in which 100,000 duties are as they were (the issue "Duties")
BAR_BOARD_P99 = 50.0  # ms
BAR_CLOSE = 60.0  # s besides copying the bytes
BAR_CLOSE_MEMORY = 256  # MB, whatever the size of the store

missed = []


def say(text=""):
    print(text, flush=True)


def judge(what, good, text):
    say(f"  {'ok    ' if good else 'MISSED'}  {what}: {text}")
    if not good:
        missed.append(what)


# ---- processes -------------------------------------------------------------------------------------------------------


# Starts a command, waits for it and tells what it took. The kernel counts the peak of whoever starts a process as that process's own, so a
# small one stands between this program, which grows, and what is measured.
BETWEEN = (
    "import json, os, subprocess, sys, time\n"
    "begin = time.monotonic()\n"
    "child = subprocess.Popen(sys.argv[2:])\n"
    "_, status, usage = os.wait4(child.pid, 0)\n"
    "told = {'code': os.waitstatus_to_exitcode(status), 'wall': time.monotonic() - begin,\n"
    "        'cpu': usage.ru_utime + usage.ru_stime, 'memory': usage.ru_maxrss / 1024}\n"
    "json.dump(told, open(sys.argv[1], 'w'))\n"
)


def measured(command, **options):
    """Runs a command to its end: seconds by the clock, CPU seconds and peak memory (MB) of it and of the children that
    it waited for. The memory is that of the largest single process."""
    with tempfile.NamedTemporaryFile("r") as told:
        subprocess.run([sys.executable, "-S", "-E", "-c", BETWEEN, told.name, *command], check=True, **options)
        return json.load(told)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def loopback(url):
    """Refuses every address that is not on this machine: not on the loopback, and not the folder of a socket."""
    parts = urllib.parse.urlsplit(url)
    folder = urllib.parse.parse_qs(parts.query).get("host", [""])[0]
    host = parts.hostname or ("localhost" if folder.startswith("/") else folder)
    if not ipaddress.ip_address("127.0.0.1" if host == "localhost" else host).is_loopback:
        sys.exit(f"{url} is not on the loopback: refused")
    return url


class Server:
    """A program that serves HTTP, from its start until the end of the block; ended by its own id."""

    def __init__(self, command, url, path="/", patience=300, env=None):
        self.command, self.url, self.path, self.patience, self.env = command, loopback(url), path, patience, env

    def __enter__(self):
        self.log = tempfile.TemporaryFile()
        begin = time.monotonic()
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, env=self.env
        )
        while True:
            if self.process.poll() is not None:
                self.log.seek(0)
                sys.stderr.write(self.log.read().decode(errors="replace")[-4000:])
                sys.exit(f"{self.command[0]} ended before it served")
            try:
                with urllib.request.urlopen(self.url + self.path, timeout=5) as answer:
                    answer.read()
                break
            except OSError:
                if time.monotonic() - begin > self.patience:
                    self.__exit__()
                    sys.exit(f"{self.command[0]} did not serve within {self.patience} s")
                time.sleep(0.02)
        self.ready_after = time.monotonic() - begin
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


def demo(khomo, folder, datasets):
    """The demo province with `datasets` datasets, in `folder`, which a first start fills."""
    public, internal = (f"127.0.0.1:{free_port()}" for _ in range(2))
    command = [khomo, "demo", "--dir", str(folder), "--public", public, "--internal", internal]
    if datasets:
        command += ["--datasets", str(datasets)]
    return Server(command, f"http://{public}", patience=1800)


# ---- ingest ----------------------------------------------------------------------------------------------------------


def write_csv(path, size):
    """A file of about `size` bytes, the same on every machine: codes with leading zeros, dates and numbers as they are
    written in Viet Nam, names, empty cells, one column of few values."""
    draw = random.Random(43)
    first = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ"]
    last = ["An", "Bình", "Châu", "Dũng", "Giang", "Hà", "Khánh", "Linh", "Minh", "Phúc"]
    kinds = ["đất ở", "đất trồng lúa", "đất rừng", "đất thương mại", "khác"]
    tails = []
    for _ in range(20_000):
        amount = f"{draw.randrange(10**9):,}".replace(",", ".") + f",{draw.randrange(100):02}"
        tails.append(
            f'{draw.randrange(1, 29):02}/{draw.randrange(1, 13):02}/{draw.randrange(2005, 2026)},'
            f'{draw.choice(first)} {draw.choice(last)},{draw.choice(kinds)},{draw.randrange(100_000)},'
            f'{draw.random() * 1000:.3f},"{amount}",{draw.choice(["", "", "có", "không"])}\n'
        )
    with open(path, "w", encoding="utf-8", newline="") as out:
        written = out.write("ma_ho_so,ngay_cap,ho_ten,loai_dat,dien_tich,he_so,gia_tri,con_hieu_luc\n")
        row = 0
        while written < size:
            block = []
            for _ in range(10_000):
                row += 1
                block.append(f"{row:012},{tails[draw.randrange(20_000)]}")
            text = "".join(block)
            out.write(text)
            written += len(text.encode())


def python_with(name, package):
    """A Python with a package, kept in the cache folder."""
    python = CACHE / name / "bin" / "python"
    marker = CACHE / name / package
    if not marker.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", CACHE / name], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", package], check=True)
        marker.touch()
    return python


def duckdb_python():
    return python_with("bench-venv", DUCKDB)


def ingest(options):
    python = duckdb_python()
    copy = (
        "import duckdb, sys\n"
        "duckdb.sql(f\"COPY (SELECT * FROM read_csv('{sys.argv[1]}')) TO '{sys.argv[2]}' "
        '(FORMAT parquet, COMPRESSION zstd)")\n'
    )
    for megabytes in options.megabytes:
        with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
            folder = pathlib.Path(folder)
            source, target = folder / "bench.csv", folder / "duckdb.parquet"
            write_csv(source, megabytes * 1_000_000)
            size = source.stat().st_size / 1e6
            say(f"Ingest of a CSV of {size:.0f} MB")
            ours = options.ingest_command or [options.khomo, "import", "--check", "{file}"]
            ours = [part.replace("{file}", str(source)).replace("{dir}", str(folder / "store")) for part in ours]
            runs = {"khomo": [], "duckdb": []}
            for _ in range(options.rounds):  # in turn, so that a busy moment hits both
                runs["khomo"].append(measured(ours, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL))
                target.unlink(missing_ok=True)
                runs["duckdb"].append(measured([python, "-c", copy, source, target]))
            best = {}
            for name, each in runs.items():
                if any(run["code"] for run in each):
                    sys.exit(f"{name} failed: exit codes {[run['code'] for run in each]}")
                best[name] = min(each, key=lambda run: run["cpu"])
                run = best[name]
                say(
                    f"  {name:8}{size / run['wall']:8.1f} MB/s {run['cpu']:8.2f} s CPU {run['wall']:8.2f} s"
                    f" {max(run['memory'] for run in each):8.0f} MB at most"
                )
            ratio = best["khomo"]["cpu"] / best["duckdb"]["cpu"]
            judge("CPU time of ingest", ratio <= BAR_INGEST_CPU, f"{ratio:.2f} × DuckDB's (bar {BAR_INGEST_CPU:.0f})")
            memory = max(run["memory"] for run in runs["khomo"])
            judge("memory of ingest", memory <= BAR_INGEST_MEMORY, f"{memory:.0f} MB (bar {BAR_INGEST_MEMORY})")


# ---- a province of our own -------------------------------------------------------------------------------------------

SAID = ["--by", "soan", "--approved-by", "duyet", "--reason", "đo"]


class Province:
    """An empty portal in a folder, with one agency and the two persons that a publication needs. `database` is the address of an empty
    PostgreSQL database or schema; else it is a file in the folder."""

    def __init__(self, khomo, folder, database=None):
        self.khomo, self.folder, self.database = khomo, folder, database
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("KHOMO_")},
            "KHOMO_DATABASE_URL": database or f"sqlite:{folder / 'khomo.db'}",
            **{f"KHOMO_{name}": str(folder / name.lower()) for name in ("FILES", "INDEX", "SCRATCH")},
            "KHOMO_PROFILE": "lac-dien",
            "KHOMO_COOKIE_KEY": "6b" * 64,
        }
        self.run("migrate", "--create")
        self.enter_agency("so-thu")
        for user, role in (("soan", "editor"), ("duyet", "approver")):
            self.enter_person(user, role)

    def run(self, *args):
        """A command of the program, and what it took."""
        return self.told(*args)[0]

    def told(self, *args):
        """The same, with what the command said."""
        with tempfile.TemporaryFile("w+") as out:
            done = measured([self.khomo, *args], env=self.env, stdout=out, stdin=subprocess.DEVNULL)
            out.seek(0)
            said = out.read()
        if done["code"]:
            sys.exit(f"khomo {' '.join(args)} failed: exit code {done['code']}")
        return done, said

    def enter_agency(self, slug):
        self.run("agency", "add", slug, "--name", "Sở thử", "--kind", "department")

    def enter_person(self, user, role):
        """A person of the first agency; gives the password."""
        named = ["--email", f"{user}@example.vn", "--name", user, "--role", role, "--agency", "so-thu"]
        return self.told("account", "add", user, *named)[1].split()[1]

    def sql(self, text):
        """Runs SQL past the program; gives the first column of the last answer, line by line."""
        if self.database:
            command = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", self.database]
            return subprocess.run(command, input=text, check=True, capture_output=True, text=True).stdout.split()
        with contextlib.closing(sqlite3.connect(self.folder / "khomo.db")) as base:
            if text.lstrip().startswith("SELECT"):
                return [str(row[0]) for row in base.execute(text)]
            base.executescript(text)
            return []

    def serve(self):
        public, internal = (f"127.0.0.1:{free_port()}" for _ in range(2))
        env = {**self.env, "KHOMO_DEVELOPMENT": "true", "KHOMO_PUBLIC_ADDR": public, "KHOMO_INTERNAL_ADDR": internal}
        return Server([self.khomo, "serve"], f"http://{public}", env=env)


# ---- scan ------------------------------------------------------------------------------------------------------------


def scan(options):
    """The CPU time of a first `khomo publish`, which reads every cell for personal data and secrets, beside that of the import."""
    with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
        house = Province(options.khomo, pathlib.Path(folder))
        run, source = house.run, house.folder / "bench.csv"
        write_csv(source, options.scan_megabytes * 1_000_000)
        # Whole names beside land would be personal data, and stop the publication, which is not what is measured.
        text = source.read_text(encoding="utf-8").replace("ho_ten", "ten_thua", 1)
        source.write_text(text, encoding="utf-8")
        say(f"Scan of a CSV of {source.stat().st_size / 1e6:.0f} MB")
        shares = []
        for number in range(options.rounds):
            slug = f"do-{number}"
            names = ["--dataset", slug, "--agency", "so-thu", "--title", f"Thử {number}"]
            came = run("import", str(source), "--no-state-secret", *names)
            read = run("publish", slug, *SAID)
            shares.append(read["cpu"] / came["cpu"])
            say(
                f"  import {came['cpu']:8.2f} s CPU {came['memory']:6.0f} MB   scan and publish {read['cpu']:8.2f} s CPU"
                f" {read['memory']:6.0f} MB"
            )
    share = min(shares)
    judge("CPU time of the scan", share <= BAR_SCAN_SHARE, f"{share:.0%} of ingest's (bar {BAR_SCAN_SHARE:.0%})")


# ---- upload ----------------------------------------------------------------------------------------------------------


class Portal:
    """Somebody at the internal portal."""

    def __init__(self, url):
        self.url = loopback(url)
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.csrf = ""

    def open(self, path, fields=None):
        data = urllib.parse.urlencode({"csrf": self.csrf, **fields}).encode() if fields is not None else None
        with self.opener.open(self.url + path, data, timeout=60) as answer:
            html = answer.read().decode()
        token = re.search(r'name="csrf" value="([^"]+)"', html)
        self.csrf = token.group(1) if token else self.csrf
        return html

    def sign_in(self, name, password):
        """Signs in, and accepts the rules of use where they are shown."""
        self.open("/internal/sign-in")
        html = self.open("/internal/sign-in", {"name": name, "password": password})
        if 'action="/internal/rules"' in html:
            version = re.search(r'name="version" value="([^"]*)"', html).group(1)
            self.open("/internal/rules", {"version": version})

    def cookies(self):
        """The line of a request that says who one is."""
        return "Cookie: " + "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar) + "\r\n"


def writing_key(portal, name, password):
    """Signs in and makes a key that may write."""
    portal.sign_in(name, password)
    html = portal.open("/internal/account/tokens")
    scope = re.findall(r'name="scopes" value="([^"]*write[^"]*)"', html)[0]
    html = portal.open("/internal/account/tokens", {"name": "đo", "scopes": scope, "days": "1"})
    return re.search(r"khomo_[A-Za-z0-9_-]+", html).group(0)


def peak(pid):
    """The largest resident size of a process since it was asked to forget it, in MB."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status).group(1)) / 1024


def send(address, key, length, announced):
    """Sends `length` bytes as one upload of `announced` bytes in one request; gives seconds and the upload's address."""
    host = urllib.parse.urlsplit(loopback(address)).netloc
    told = {"dataset": SLUG_OF_UPLOAD, "filename": "lon.csv", "declared": "no-state-secret"}
    metadata = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in told.items())
    line = b"00001,Kim S\xc6\xa1n,12,2026-01-05\n"
    block = line * (4_000_000 // len(line))
    begin = time.monotonic()
    wire = http.client.HTTPConnection(host, timeout=600)
    head = {"Authorization": f"Bearer {key}", "Tus-Resumable": "1.0.0"}
    wire.request("POST", "/internal/uploads", headers={**head, "Upload-Length": str(announced), "Upload-Metadata": metadata})
    answer = wire.getresponse()
    answer.read()
    if answer.status != 201:
        sys.exit(f"the upload was refused: {answer.status}")
    place = urllib.parse.urlsplit(answer.getheader("Location")).path

    def blocks():
        left = length
        while left:
            part = block[: min(left, len(block))]
            left -= len(part)
            yield part

    patch = {**head, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream", "Content-Length": str(length)}
    wire.request("PATCH", place, body=blocks(), headers=patch)
    answer = wire.getresponse()
    answer.read()
    if answer.status != 204:
        sys.exit(f"the upload broke off: {answer.status}")
    seconds = time.monotonic() - begin
    # It is never complete, so that nothing is read: what is measured is the way in.
    wire.request("DELETE", place, headers=head)
    wire.getresponse().read()
    return seconds


SLUG_OF_UPLOAD = "truong-hoc"


def upload(options):
    with demo(options.khomo, options.store(0), 0) as ours:
        ours.log.seek(0)
        told = ours.log.read().decode(errors="replace")
        name, password = re.search(r"^\s+(\S+)\s+(\S+)\s+editor ", told, re.M).groups()
        internal = ours.command[ours.command.index("--internal") + 1]
        key = writing_key(Portal(f"http://{internal}"), name, password)
        paths = dataset_paths(ours.url, 100)
        asyncio.run(open_loop(ours.url, paths, 20, 5))  # warm-up
        pathlib.Path(f"/proc/{ours.process.pid}/clear_refs").write_text("5")
        before = peak(ours.process.pid)
        length = options.upload_megabytes * 1_000_000
        say(f"An upload of {length / 1e9:.1f} GB while pages are read, 20 requests/s")

        async def both():
            sending = asyncio.create_task(asyncio.to_thread(send, f"http://{internal}", key, length, length + 1))
            times, bad = [], 0
            while not sending.done():
                more, worse = await open_loop(ours.url, paths, 20, 5)
                times, bad = times + more, bad + worse
            return await sending, sorted(times), bad

        seconds, times, bad = asyncio.run(both())
        grown = peak(ours.process.pid) - before
    rate, p99 = length / 1e6 / seconds, percentile(times, 0.99)
    say(f"  {seconds:.1f} s, {len(times)} pages meanwhile")
    judge("memory of an upload", grown <= BAR_UPLOAD_MEMORY, f"{grown:.0f} MB more (bar {BAR_UPLOAD_MEMORY})")
    judge("rate of an upload", rate >= BAR_UPLOAD_RATE, f"{rate:.0f} MB/s (bar {BAR_UPLOAD_RATE:.0f})")
    judge("p99 of pages meanwhile", p99 <= BAR_UPLOAD_P99, f"{p99:.0f} ms (bar {BAR_UPLOAD_P99:.0f})")
    judge("pages meanwhile", bad == 0, f"{bad} bad")


# ---- diff ------------------------------------------------------------------------------------------------------------


def write_versions(old, new, rows):
    """Two versions of a table of ten columns: the second in another order, with 1 % of the rows gone, 1 % new and 5 % changed
    in one or two columns."""
    draw = random.Random(44)
    places = ["Kim Sơn", "An Lạc", "Phú Hòa", "Tân An", "Thạnh Mỹ", "Long Điền", "Hòa Bình", "Vĩnh Lộc"]
    states = ["đang hoạt động", "tạm ngừng", "đã giải thể"]

    def row(number):
        return [
            f"{number:010}", f"Hộ kinh doanh {draw.randrange(500_000)}", draw.choice(places), draw.choice(states),
            f"{draw.randrange(2000, 2026)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}",
            str(draw.randrange(1, 500)), f"{draw.random() * 1e6:.2f}", f"{draw.random() * 90:.5f}",
            draw.choice(["", "true", "false"]), draw.choice(["", "", "ghi chú " + str(draw.randrange(1000))]),
        ]

    head = "ma,ten,xa,trang_thai,ngay_cap,so_lao_dong,von,vi_do,con_hieu_luc,ghi_chu\n"
    table = [row(number) for number in range(rows)]
    with open(old, "w", encoding="utf-8") as out:
        out.write(head)
        out.writelines(",".join(cells) + "\n" for cells in table)
    kept = [cells for cells in table if draw.random() >= 0.01]
    for cells in draw.sample(kept, rows // 20):
        cells[5] = str(draw.randrange(1, 500))
        if draw.random() < 0.5:
            cells[6] = f"{draw.random() * 1e6:.2f}"
    kept += [row(number) for number in range(rows, rows + rows // 100)]
    draw.shuffle(kept)
    with open(new, "w", encoding="utf-8") as out:
        out.write(head)
        out.writelines(",".join(cells) + "\n" for cells in kept)


def diff(options):
    python = duckdb_python()
    # What one would write by hand: typed tables, a full join by key, the counts alone.
    compare = (
        "import duckdb, sys, time\n"
        "for name, path in zip('ab', sys.argv[1:]):\n"
        "    duckdb.sql(f\"CREATE TABLE {name} AS SELECT * FROM read_csv('{path}')\")\n"
        "begin = time.monotonic()\n"
        "duckdb.sql('SELECT count(*) FILTER (a.ma IS NULL), count(*) FILTER (b.ma IS NULL), '\n"
        "    'count(*) FILTER (a.ma = b.ma AND a IS DISTINCT FROM b) FROM a FULL JOIN b ON a.ma = b.ma').fetchall()\n"
        "print(time.monotonic() - begin)\n"
    )
    with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
        old, new, out = (pathlib.Path(folder) / name for name in ("old.csv", "new.csv", "out.json"))
        write_versions(old, new, options.diff_rows)
        say(f"Row diff of two versions of {options.diff_rows:,} rows × 10 columns")
        for key in (["--key", "ma"], []):
            runs = []
            for _ in range(options.rounds):
                with open(out, "w") as into:
                    run = measured([options.khomo, "diff", str(old), str(new), "--json", *key], stdout=into)
                if run["code"]:
                    sys.exit(f"khomo diff failed with exit code {run['code']}")
                answer = json.loads(out.read_text())
                runs.append((answer["seconds"]["comparing"], run["memory"]))
                counts = answer["summary"]["rows"]
            name = "by key" if key else "by content"
            seconds, memory = min(run[0] for run in runs), max(run[1] for run in runs)
            say(f"  khomo   {name:12}{seconds:8.2f} s   {', '.join(f'{count:,} {kind}' for kind, count in counts.items())}")
            judge(f"time of a diff {name}", seconds <= BAR_DIFF_SECONDS, f"{seconds:.2f} s (bar {BAR_DIFF_SECONDS:.0f})")
            judge(f"memory of a diff {name}", memory <= BAR_DIFF_MEMORY, f"{memory:.0f} MB (bar {BAR_DIFF_MEMORY})")
        beside = subprocess.run([python, "-c", compare, old, new], capture_output=True, text=True, check=True)
        say(f"  duckdb  by key      {float(beside.stdout):8.2f} s   (counts alone)")


# ---- pages -----------------------------------------------------------------------------------------------------------


def dataset_paths(url, wanted):
    """The addresses of dataset pages, collected from the pages of the list."""
    found = {}
    for number in range(1, 2000):
        with urllib.request.urlopen(f"{url}/dataset?page={number}", timeout=30) as answer:
            html = answer.read().decode()
        before = len(found)
        found.update(dict.fromkeys(re.findall(r'href="(/dataset/[a-z0-9-]+)"', html)))
        if len(found) >= wanted or len(found) == before:
            break
    if not found:
        sys.exit(f"no dataset pages are listed at {url}/dataset")
    return list(found)[:wanted]


def wrk(url, paths, seconds):
    with tempfile.NamedTemporaryFile("w", suffix=".paths") as file:
        file.write("\n".join(paths) + "\n")
        file.flush()
        command = ["wrk", "-t1", "-c64", f"-d{int(seconds)}s", "-s", str(HERE / "paths.lua"), loopback(url)]
        run = subprocess.run(
            command, env={**os.environ, "KHOMO_BENCH_PATHS": file.name}, capture_output=True, text=True,
            timeout=seconds + 60, check=True,
        )
    return json.loads(run.stdout.strip().splitlines()[-1])


def load(url, bare, paths, options):
    """Both in turn for a few short rounds within a minute; gives the share of the bare page's rate that ours reaches."""
    for address in (url, bare):
        wrk(address, paths, options.seconds)  # warm-up
    rates = {url: [], bare: []}
    for _ in range(3):
        for address in (url, bare):
            run = wrk(address, paths, options.seconds)
            rates[address].append(run["requests"] / run["seconds"])
            name = "khomo" if address == url else "bare"
            say(
                f"  {name:8}{rates[address][-1]:10.0f} requests/s {run['bytes'] / max(run['requests'], 1) / 1000:7.1f} kB each"
                f"  p50 {run['p50_ms']:7.2f} ms  p99 {run['p99_ms']:7.2f} ms  {run['bad']} bad"
            )
            if run["bad"]:
                judge(f"answers of {name}", False, f"{run['bad']} bad")
    return statistics.median(rates[url]) / statistics.median(rates[bare])


def pages(options):
    with demo(options.khomo, options.store(1000), 1000) as ours:
        paths = dataset_paths(ours.url, 1000)
        sizes = []
        for path in random.Random(1).sample(paths, min(50, len(paths))):
            with urllib.request.urlopen(ours.url + path, timeout=30) as answer:
                sizes.append(len(answer.read()))
        size = int(statistics.mean(sizes))
        say(f"Dataset pages: {len(paths)} at random, {size / 1000:.1f} kB on average, 64 connections")
        bare = f"127.0.0.1:{free_port()}"
        with Server([options.bare, bare, str(size)], f"http://{bare}") as baseline:
            share = load(ours.url, baseline.url, paths, options)
    judge("rate of dataset pages", share >= BAR_PAGE_SHARE, f"{share:.0%} of a bare page's (bar {BAR_PAGE_SHARE:.0%})")


# ---- search ----------------------------------------------------------------------------------------------------------

QUERIES = [
    "dan so", "dân số", "dat dai", "giao thong", "duong bo", "truong hoc", "benh vien", "y te", "giao duc", "moi truong",
    "nuoc sach", "ngan sach", "quy hoach", "nong nghiep", "lua", "ca phe", "du lich", "khoang san", "lao dong", "viec lam",
    "doanh nghiep", "gia dat", "thu tuc", "dich vu cong", "nguoi co cong", "bien doi khi hau", "xe buyt", "khong co gi het",
]


async def open_loop(url, paths, rate, seconds, cookies=""):
    """Sends `rate` requests a second, however slow the answers, for at most two minutes; gives the time of each from the
    moment it was due."""
    host, port = urllib.parse.urlsplit(loopback(url)).netloc.rsplit(":", 1)
    total = min(int(rate * min(seconds, 120)), 20_000)
    due = asyncio.Queue()
    times, bad = [], 0
    connections = 32

    async def connection():
        nonlocal bad
        reader = writer = None
        while (job := await due.get()) is not None:
            moment, path = job
            try:
                if writer is None:
                    reader, writer = await asyncio.open_connection(host, int(port))
                writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nAccept: text/html\r\n{cookies}\r\n".encode())
                head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)).decode("latin-1").lower()
                length = re.search(r"\r\ncontent-length: (\d+)", head)
                if length:
                    await reader.readexactly(int(length.group(1)))
                else:
                    while size := int(await reader.readuntil(b"\r\n"), 16):
                        await reader.readexactly(size + 2)
                    await reader.readexactly(2)
                times.append((time.perf_counter() - moment) * 1000)
                bad += " 200 " not in head.split("\r\n", 1)[0]
            except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.TimeoutError):
                bad += 1
                if writer:
                    writer.close()
                reader = writer = None
        if writer:
            writer.close()

    tasks = [asyncio.create_task(connection()) for _ in range(connections)]
    begin = time.perf_counter() + 0.1
    for number in range(total):
        moment = begin + number / rate
        await asyncio.sleep(max(0, moment - time.perf_counter()))
        due.put_nowait((moment, paths[number % len(paths)]))
    for _ in tasks:
        due.put_nowait(None)
    await asyncio.gather(*tasks)
    return sorted(times), bad


def percentile(values, share):
    return values[min(len(values) - 1, int(len(values) * share))] if values else float("inf")


def latency(url, rate, seconds):
    draw = random.Random(7)
    paths = []
    for _ in range(997):
        query = draw.choice(QUERIES)
        if draw.random() < 0.3:
            query += " " + str(draw.randrange(1, 1000))
        page = f"&page={draw.randrange(2, 5)}" if draw.random() < 0.1 else ""
        paths.append(f"/dataset?q={urllib.parse.quote_plus(query)}{page}")
    asyncio.run(open_loop(url, paths, rate, 5))  # warm-up
    return asyncio.run(open_loop(url, paths, rate, seconds))


def search(options):
    with demo(options.khomo, options.store(10_000), 10_000) as ours:
        say("Search pages over 10,000 datasets, 100 requests/s")
        times, bad = latency(ours.url, 100, 30)
    p50, p95, p99 = (percentile(times, share) for share in (0.50, 0.95, 0.99))
    say(f"  {len(times)} answers  p50 {p50:.1f} ms  p95 {p95:.1f} ms  p99 {p99:.1f} ms  max {percentile(times, 1):.1f} ms")
    judge("search answers", bad == 0, f"{bad} bad")
    judge("p99 of search", p99 <= BAR_SEARCH_P99, f"{p99:.1f} ms (bar {BAR_SEARCH_P99:.0f})")


# ---- api -------------------------------------------------------------------------------------------------------------


def fetched(url):
    with urllib.request.urlopen(url, timeout=60) as answer:
        return json.load(answer)


def largest_table(url):
    """The address of the rows of the largest table, and how many it has."""
    found, page = (0, ""), f"{url}/api/v1/datasets?limit=100"
    while page:
        answer = fetched(page)
        for line in answer["datasets"]:
            if line["rows"] > found[0]:
                for table in fetched(loopback_of(url, line["links"]["self"]))["tables"]:
                    found = max(found, (table["rows"], loopback_of(url, table["links"]["records"])))
        page = answer["next"] and loopback_of(url, answer["next"])
    return found[1], found[0]


def loopback_of(url, address):
    """The same address at the program that is measured, whatever its public name is."""
    parts = urllib.parse.urlsplit(address)
    return f"{url}{parts.path}" + (f"?{parts.query}" if parts.query else "")


def sqlite_of(records, url, path):
    """The same table in SQLite, with the types that the API tells: as a person would load it for Datasette."""
    kinds = {"integer": "INTEGER", "decimal": "REAL"}
    columns = fetched(records.removesuffix("/records"))["columns"]
    fields = ", ".join(f'"{column["key"]}" {kinds.get(column["kind"], "TEXT")}' for column in columns)
    with urllib.request.urlopen(f"{records}?format=csv", timeout=600) as answer:
        lines = csv.reader(io.TextIOWrapper(answer, encoding="utf-8", newline=""))
        next(lines)
        with contextlib.closing(sqlite3.connect(path)) as database:
            database.execute(f"CREATE TABLE rows ({fields})")
            marks = ", ".join("?" for _ in columns)
            database.executemany(f"INSERT INTO rows VALUES ({marks})", ([cell or None for cell in line] for line in lines))
            database.commit()


def api(options):
    """Pages of 100 rows of one table: the first again and again, and pages at random, beside Datasette over SQLite."""
    python = python_with("datasette-venv", DATASETTE)
    # What one client may ask in a minute is no speed.
    os.environ["KHOMO_API_PER_MINUTE"] = "0"
    with demo(options.khomo, options.store(0), 0) as ours, tempfile.TemporaryDirectory(dir=options.scratch) as folder:
        records, rows = largest_table(ours.url)
        sqlite_of(records, ours.url, f"{folder}/khomo.db")
        pages, page = [], f"{records}?limit=100"
        while page and len(pages) < 1000:
            pages.append(page.removeprefix(ours.url))
            page = fetched(page)["next"]
            page = page and loopback_of(ours.url, page)
        port = free_port()
        command = [str(python), "-m", "datasette", "serve", f"{folder}/khomo.db", "--port", str(port)]
        say(f"Pages of 100 rows of {records.removeprefix(ours.url)}, {rows:,} rows, 64 connections")
        with Server(command, f"http://127.0.0.1:{port}", path="/khomo/rows.json?_size=100") as theirs:
            # Without its count and its suggestions, which we do not make either.
            base = "/khomo/rows.json?_size=100&_nocount=1&_nofacet=1&_nosuggest=1&_shape=objects"
            others = [base] + [f"{base}&_next={number * 100}" for number in range(1, len(pages))]
            for name, mine, other in [("first page", pages[:1], others[:1]), ("pages at random", pages, others)]:
                rates = {"khomo": [], "datasette": []}
                for _ in range(3):
                    for who, url, paths in [("khomo", ours.url, mine), ("datasette", theirs.url, other)]:
                        run = wrk(url, paths, options.seconds)
                        rates[who].append(run["requests"] / run["seconds"])
                        say(
                            f"  {who:10}{rates[who][-1]:10.0f} requests/s {run['bytes'] / max(run['requests'], 1) / 1000:7.1f} kB each"
                            f"  p50 {run['p50_ms']:7.2f} ms  p99 {run['p99_ms']:7.2f} ms  {run['bad']} bad"
                        )
                        if run["bad"]:
                            judge(f"answers of {who}", False, f"{run['bad']} bad")
                times = statistics.median(rates["khomo"]) / statistics.median(rates["datasette"])
                judge(f"rate of the API, {name}", times >= BAR_API_RATE, f"{times:.1f} × Datasette's (bar {BAR_API_RATE:.0f} ×)")


def startup(options):
    with demo(options.khomo, options.store(10_000), 10_000):
        pass  # the first start fills the store
    ready = []
    for _ in range(3):
        with demo(options.khomo, options.store(10_000), 10_000) as ours:
            ready.append(ours.ready_after)
    say(f"Start-up with 10,000 datasets: the first page after {min(ready):.2f} to {max(ready):.2f} s")
    judge("start-up", max(ready) < 2, f"{max(ready):.2f} s (bar 2)")


# ---- explorer --------------------------------------------------------------------------------------------------------


def write_sales(path, rows):
    """A table of nine columns in the order of its days: communes, kinds, whole and exact numbers, doubles, empty cells."""
    draw = random.Random(45)
    places = [f"{kind} {name} {number}" for kind in ("Xã", "Phường") for name in ("Kim Sơn", "An Lạc", "Đồng Xuân", "Phú Hòa") for number in range(12)]
    kinds = ["lúa", "cà phê", "hồ tiêu", "cao su", "sầu riêng", "điều"]
    first = time.mktime((2015, 1, 1, 12, 0, 0, 0, 0, 0))
    with open(path, "w", encoding="utf-8") as out:
        out.write("so_phieu,ngay,ma_xa,xa,mat_hang,so_luong,don_gia,ty_le,ghi_chu\n")
        for row in range(rows):
            day = time.strftime("%Y-%m-%d", time.localtime(first + row * 4000 * 86_400 // rows))
            place = draw.randrange(len(places))
            out.write(
                f"{row + 1},{day},{place + 10_000:05},{places[place]},{draw.choice(kinds)},{draw.randrange(1, 5000)},"
                f"{draw.randrange(10**7) / 100:.2f},{draw.random() * 100:.4f},{draw.choice(['', '', 'hàng loại ' + str(draw.randrange(400))])}\n"
            )


# Filters and orders that no index helps: as the explorer's address, and as one would write them in DuckDB.
QUESTIONS = [
    ("filter.so_luong.ge={n}&sort=-don_gia", "WHERE so_luong >= {n} ORDER BY don_gia DESC NULLS LAST"),
    ("filter.mat_hang=l%C3%BAa&filter.so_luong.lt={n}&sort=ty_le", "WHERE mat_hang = 'lúa' AND so_luong < {n} ORDER BY ty_le"),
    ("filter.don_gia.between={n}..{m}&sort=so_luong,-ty_le", "WHERE don_gia BETWEEN {n} AND {m} ORDER BY so_luong, ty_le DESC"),
    ("filter.ghi_chu.filled&filter.ma_xa.in=10{d}&filter.ma_xa.in=10{e}&sort=-so_luong", "WHERE ghi_chu IS NOT NULL AND ma_xa IN ('10{d}', '10{e}') ORDER BY so_luong DESC"),
]


def questions(count):
    draw = random.Random(9)
    for at in range(count):
        address, sql = QUESTIONS[at % len(QUESTIONS)]
        n = draw.randrange(100, 4900)
        values = {"n": n, "m": n + 20_000, "d": f"{draw.randrange(96):03}", "e": f"{draw.randrange(96):03}"}
        yield address.format(**values), sql.format(**values)


def explorer(options):
    python = duckdb_python()
    # Answers one question a line: how long it took, with the count that a page shows, and the page's fifty rows.
    asks = (
        "import duckdb, sys, time\n"
        "base = duckdb.connect()\n"
        "base.execute(f\"CREATE VIEW t AS SELECT * FROM read_parquet('{sys.argv[1]}')\")\n"
        "print('ready', flush=True)\n"
        "for line in sys.stdin:\n"
        "    sql = line.strip()\n"
        "    begin = time.perf_counter()\n"
        "    if sql.startswith('COPY'):\n"
        "        base.execute(sql)\n"
        "    else:\n"
        "        where = sql.split(' ORDER BY ')[0]\n"
        "        base.execute(f'SELECT count(*) FROM t {where}').fetchall()\n"
        "        base.execute(f'SELECT * FROM t {sql} LIMIT 50').fetchall()\n"
        "    print(time.perf_counter() - begin, flush=True)\n"
    )
    with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
        folder = pathlib.Path(folder)
        house = Province(options.khomo, folder)
        source, parquet = folder / "phieu.csv", folder / "phieu.parquet"
        write_sales(source, options.explorer_rows)
        house.run("import", str(source), "--no-state-secret", "--dataset", "phieu", "--agency", "so-thu", "--title", "Phiếu")
        house.run("publish", "phieu", *SAID)
        with house.serve() as ours:
            with urllib.request.urlopen(f"{ours.url}/dataset/phieu", timeout=60) as answer:
                html = answer.read().decode()
            base = re.search(r'href="(/dataset/phieu/[a-z0-9-]+/kham-pha)"', html).group(1)
            table = base.rsplit("/", 1)[0]
            with urllib.request.urlopen(f"{ours.url}{table}.parquet", timeout=60) as answer:
                parquet.write_bytes(answer.read())
            say(f"Explorer over {options.explorer_rows:,} rows, Parquet of {parquet.stat().st_size / 1e6:.0f} MB")
            draw = random.Random(8)
            pages = []
            for _ in range(499):
                start = time.strftime("%Y-%m-%d", time.localtime(1_420_000_000 + draw.randrange(3900) * 86_400))
                end = time.strftime("%Y-%m-%d", time.localtime(time.mktime(time.strptime(start, "%Y-%m-%d")) + 30 * 86_400))
                deep = draw.randrange(2, options.explorer_rows // 50)
                pages += [base, f"{base}?page={deep}", f"{base}?filter.ngay.between={start}..{end}"]
            asyncio.run(open_loop(ours.url, pages, 20, 5))  # warm-up
            times, bad = asyncio.run(open_loop(ours.url, pages, 20, 30))
            p50, p99 = percentile(times, 0.50), percentile(times, 0.99)
            say(f"  {len(times)} pages at 20 requests/s (first, deep, by the column the table is ordered by): p50 {p50:.1f} ms  p99 {p99:.1f} ms")
            judge("explorer answers", bad == 0, f"{bad} bad")
            judge("p99 of the explorer", p99 <= BAR_EXPLORER_P99, f"{p99:.1f} ms (bar {BAR_EXPLORER_P99:.0f})")

            duck = subprocess.Popen([python, "-c", asks, parquet], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            duck.stdout.readline()

            def asked(sql):
                duck.stdin.write(sql + "\n")
                duck.stdin.flush()
                return float(duck.stdout.readline())

            def fetched(path):
                begin = time.perf_counter()
                with urllib.request.urlopen(ours.url + path, timeout=300) as answer:
                    size = sum(len(part) for part in iter(lambda: answer.read(1 << 20), b""))
                return time.perf_counter() - begin, size

            each = []
            for address, sql in questions(24):  # in turn, each another one, so that nothing is kept
                each.append((fetched(f"{base}?{address}")[0], asked(sql)))
            ratios = sorted(ours_took / theirs for ours_took, theirs in each[4:])
            ratio = statistics.median(ratios)
            say(
                f"  filter and sort: {statistics.median(a for a, _ in each) * 1000:.0f} ms beside DuckDB's"
                f" {statistics.median(b for _, b in each) * 1000:.0f} ms; ratios {ratios[0]:.2f} to {ratios[-1]:.2f}"
            )
            judge("filter and sort", ratio <= BAR_EXPLORER_TIME, f"{ratio:.2f} × DuckDB's (bar {BAR_EXPLORER_TIME})")

            pathlib.Path(f"/proc/{ours.process.pid}/clear_refs").write_text("5")
            before, runs = peak(ours.process.pid), []
            for number in range(options.rounds):
                least = 500 + number
                took, size = fetched(f"{base}.csv?filter.so_luong.ge={least}")
                copy = f"COPY (SELECT * FROM t WHERE so_luong >= {least}) TO '{folder / 'out.csv'}' (FORMAT csv, HEADER)"
                runs.append((took, asked(copy)))
            grown = peak(ours.process.pid) - before
            duck.stdin.close()
            duck.wait()
            ratio = min(a for a, _ in runs) / min(b for _, b in runs)
            say(f"  filtered CSV of {size / 1e6:.0f} MB: {min(a for a, _ in runs):.2f} s beside DuckDB's {min(b for _, b in runs):.2f} s")
            judge("time of a filtered CSV", ratio <= BAR_EXPORT_TIME, f"{ratio:.2f} × DuckDB's (bar {BAR_EXPORT_TIME})")
            judge("memory of a filtered CSV", grown <= BAR_EXPORT_MEMORY, f"{grown:.0f} MB more (bar {BAR_EXPORT_MEMORY})")


# ---- duties ----------------------------------------------------------------------------------------------------------

AGENCIES = 300


def owe(house, datasets):
    """Fills a province with agencies and with published datasets that owe an update each month: rows alone, which is all that duties
    are worked out from, with the version of one that was really published. They count from within the last eighty days, so that some are
    due, near, or late."""
    source = house.folder / "that.csv"
    write_csv(source, 2000)
    source.write_text(source.read_text(encoding="utf-8").replace("ho_ten", "ten_thua", 1), encoding="utf-8")
    house.run("import", str(source), "--no-state-secret", "--dataset", "that", "--agency", "so-thu", "--title", "Thật")
    house.run("publish", "that", *SAID)
    version = house.sql("SELECT current_version_id FROM dataset")[0]
    for number in range(1, AGENCIES):
        house.enter_agency(f"co-quan-{number}")
    agencies = house.sql("SELECT id FROM agency ORDER BY id")
    now, draw, rows = int(time.time() * 1000), random.Random(9), []
    for number in range(datasets):
        at = now - draw.randrange(80 * 86_400) * 1000
        rows.append(
            f"('01900000-0000-7000-8000-{number:012x}', 'bo-{number}', '{draw.choice(agencies)}', 'published', TRUE, 'Bộ dữ liệu số {number}',"
            f" 'y-te', 'monthly', 'bo du lieu so {number}', {at}, '{version}', {at}, {at}, {at})"
        )
    columns = (
        "id, slug, agency_id, state, in_catalogue, title_vi, topic, frequency, search_text, updated_at, current_version_id, created_at,"
        " published_at, counts_from"
    )
    parts = [rows[start : start + 1000] for start in range(0, len(rows), 1000)]
    house.sql("BEGIN;" + "".join(f"INSERT INTO dataset ({columns}) VALUES {', '.join(part)};\n" for part in parts) + "COMMIT;")


def turns(house, name, datasets):
    owe(house, datasets)
    first, said = house.told("duties", "turn", "--json")
    opened = json.loads(said)
    say(f"  {name}: {first['wall']:.1f} s to open {opened['changed']:,} rounds and to tell {opened['agencies_told']} agencies")
    judge(f"rounds opened on {name}", opened["changed"] == datasets, f"{opened['changed']:,} of {datasets:,}")
    head = "SELECT hash FROM chain_head ORDER BY name"
    before, runs = house.sql(head), []
    for _ in range(3):
        done, said = house.told("duties", "turn", "--json")
        runs.append(done)
        again = json.loads(said)
        judge(f"what is written on {name}", again["changed"] == 0 and house.sql(head) == before, f"{again['changed']} rounds")
    took, memory = max(run["wall"] for run in runs), max(run["memory"] for run in runs)
    judge(f"turn on {name}", took <= BAR_TURN[name], f"{took:.1f} s, {memory:.0f} MB (bar {BAR_TURN[name]:.0f} s)")


def duties(options):
    count = options.duties
    say(f"A day's turn of {count:,} duties, as the whole command takes it")
    with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
        turns(Province(options.khomo, pathlib.Path(folder)), "SQLite", count)
    if not options.postgres:
        return say("  PostgreSQL: not measured, --postgres names none")
    server, schema = loopback(options.postgres), f"khomo_bench_{os.getpid()}"
    psql = ["psql", "-X", "-q", server, "-c"]
    subprocess.run([*psql, f"CREATE SCHEMA {schema}"], check=True)
    try:
        with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
            address = f"{server}{'&' if '?' in server else '?'}options=-csearch_path%3D{schema}"
            turns(Province(options.khomo, pathlib.Path(folder), address), "PostgreSQL", count)
    finally:
        subprocess.run([*psql, f"SET client_min_messages = warning; DROP SCHEMA {schema} CASCADE"], check=True)


# ---- board -----------------------------------------------------------------------------------------------------------


def board(options):
    """The board of a province of 300 agencies, as its chair sees it: everything of everybody."""
    with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
        house = Province(options.khomo, pathlib.Path(folder))
        owe(house, options.board_datasets)
        house.run("duties", "turn")
        password = house.enter_person("chu-tich", "chair")
        house.sql("UPDATE account SET password_must_change = FALSE;")
        with house.serve() as ours:
            portal = Portal(f"http://{ours.env['KHOMO_INTERNAL_ADDR']}")
            portal.sign_in("chu-tich", password)
            html = portal.open("/internal/board")
            say(f"Board of {AGENCIES} agencies and {options.board_datasets:,} datasets, {len(html) / 1000:.0f} kB, 50 requests/s")
            pages = ["/internal/board"]
            asyncio.run(open_loop(portal.url, pages, 50, 5, portal.cookies()))  # warm-up
            times, bad = asyncio.run(open_loop(portal.url, pages, 50, 30, portal.cookies()))
    p50, p99 = percentile(times, 0.50), percentile(times, 0.99)
    say(f"  {len(times)} pages: p50 {p50:.1f} ms  p99 {p99:.1f} ms")
    judge("board answers", bad == 0, f"{bad} bad")
    judge("p99 of the board", p99 <= BAR_BOARD_P99, f"{p99:.1f} ms (bar {BAR_BOARD_P99:.0f})")


# ---- close -----------------------------------------------------------------------------------------------------------


def quarter_before(year, number):
    return (year, number - 1) if number > 1 else (year - 1, 4)


def closed(house, year, number):
    """Enters a quarter as closed now: what a release is made of."""
    first, last = datetime.date(year, 3 * number - 2, 1), datetime.date(year + number // 4, number % 4 * 3 + 1, 1) - datetime.timedelta(1)
    due, now = last + datetime.timedelta(10), int(time.time() * 1000)
    house.sql(
        "INSERT INTO quarter (id, first_on, last_on, return_due_on, close_on, opened_at, ended_at, closed_at, state, new_count, updated_count,"
        f" unchanged_count, late_count, withdrawn_count) VALUES ('{year}-Q{number}', '{first}', '{last}', '{due}', '{due}', {now}, {now}, {now},"
        " 'closed', 0, 0, 0, 0, 0);"
    )
    return house.run("release", "build", f"{year}-Q{number}")


def copying(files, place):
    """Bytes of a store, and the seconds that copying them takes: one file after another into one place, so that no second store must fit."""
    size, begin = 0, time.monotonic()
    for path in files.rglob("*"):
        if path.is_file():
            size += path.stat().st_size
            shutil.copyfile(path, place)
    place.unlink()
    return size, time.monotonic() - begin


def close(options):
    """Releases of two quarters: of the first everything is new, in the second every dataset is updated and compared; all is named,
    hashed and signed."""
    with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
        house = Province(options.khomo, pathlib.Path(folder))
        keys = house.folder / "keys"
        keys.mkdir(mode=0o700)
        house.env["KHOMO_RELEASE_KEYS"] = str(keys)
        house.run("release", "key", "new")
        source = house.folder / "bench.csv"
        write_csv(source, options.close_megabytes * 1_000_000 // options.close_datasets)
        first = source.read_text(encoding="utf-8").replace("ho_ten", "ten_thua", 1)
        # Every fiftieth row says something else, and one is gone.
        lines = first.splitlines(keepends=True)
        other = re.compile(r",\d+\.\d{3},")
        second = "".join(other.sub(",7.777,", line) if at % 50 == 7 else line for at, line in enumerate(lines) if at != 100)
        now = time.localtime()
        later = quarter_before(now.tm_year, (now.tm_mon + 2) // 3)
        for text, quarter in ((first, quarter_before(*later)), (second, later)):
            for number in range(options.close_datasets):
                # Each its own bytes, so that nothing is kept once for all.
                source.write_text(text.replace("000000000001", f"{number:012}", 1), encoding="utf-8")
                slug = f"do-{number}"
                house.run("import", str(source), "--no-state-secret", "--dataset", slug, "--agency", "so-thu", "--title", f"Thử {number}")
                house.run("publish", slug, *SAID)
            size, copied = copying(house.folder / "files", house.folder / "copy")
            done = closed(house, *quarter)
            what = "new" if text is first else "updated"
            say(f"Release of {options.close_datasets:,} datasets, all {what}, {size / 1e6:.0f} MB in the store: {done['wall']:.1f} s")
            took, memory = done["wall"] - copied, done["memory"]
            judge(f"close of a quarter, all {what}", took <= BAR_CLOSE, f"{took:.1f} s besides {copied:.1f} s of copying the store (bar {BAR_CLOSE:.0f} s)")
            judge(f"memory of a close, all {what}", memory <= BAR_CLOSE_MEMORY, f"{memory:.0f} MB (bar {BAR_CLOSE_MEMORY})")


# ---- phone -----------------------------------------------------------------------------------------------------------

# A slow phone: a fourth of this processor, 1.6 Mbit/s with 150 ms of delay (what Lighthouse calls slow 4G).
SLOW_LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
SLOW_PROCESSOR = 4
PHONE = {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}


class Phone:
    """Chromium as a slow phone sees the portal, driven over WebDriver."""

    def __enter__(self):
        port = free_port()
        self.driver = subprocess.Popen(
            [os.environ.get("KHOMO_CHROMEDRIVER", "/usr/bin/chromedriver"), f"--port={port}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        self.url = f"http://127.0.0.1:{port}"
        self.folder = tempfile.TemporaryDirectory()
        args = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", f"--user-data-dir={self.folder.name}",
        ]
        chrome = os.environ.get("KHOMO_CHROME", "/usr/bin/chromium")
        wanted = {"browserName": "chrome", "goog:chromeOptions": {"binary": chrome, "args": args}}
        for _ in range(200):
            try:
                self.session = self.ask("/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]
                break
            except OSError:
                time.sleep(0.05)
        self.devtools("Emulation.setDeviceMetricsOverride", PHONE)
        self.devtools("Network.enable", {})
        self.devtools("Network.emulateNetworkConditions", SLOW_LINE)
        self.devtools("Emulation.setCPUThrottlingRate", {"rate": SLOW_PROCESSOR})
        return self

    def ask(self, path, body):
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.load(answer)["value"]

    def devtools(self, command, params):
        self.ask(f"/session/{self.session}/goog/cdp/execute", {"cmd": command, "params": params})

    def largest(self, url):
        """Opens a page that the phone has never seen; milliseconds until its largest part is there."""
        self.devtools("Network.clearBrowserCache", {})
        self.ask(f"/session/{self.session}/url", {"url": url})
        # What was painted is told by and by: what comes within half a second after the page is there counts.
        script = (
            "const done = arguments[0]; let most = 0;"
            "new PerformanceObserver(list => { for (const entry of list.getEntries()) most = Math.max(most, entry.startTime); })"
            ".observe({ type: 'largest-contentful-paint', buffered: true });"
            "setTimeout(() => done(most), 500);"
        )
        found = self.ask(f"/session/{self.session}/execute/async", {"script": script, "args": []})
        if not found:
            sys.exit(f"the browser does not tell what it painted at {url}")
        return found

    def __exit__(self, *_):
        request = urllib.request.Request(f"{self.url}/session/{self.session}", method="DELETE")
        urllib.request.urlopen(request, timeout=30).close()
        self.driver.terminate()
        self.driver.wait()
        self.folder.cleanup()


def phone(options):
    with demo(options.khomo, options.store(0), 0) as ours, Phone() as seen:
        dataset = dataset_paths(ours.url, 1)[0]
        with urllib.request.urlopen(ours.url + dataset, timeout=30) as answer:
            html = answer.read().decode()
        found = dict.fromkeys(re.findall(r'href="(/dataset/[a-z0-9-]+/[a-z0-9-]+/[a-z-]+)"', html))
        pages = ["/", "/dataset?q=truong+hoc", dataset, *[path for path in found if not path.endswith("/bao-loi")]]
        say("Largest part of a page on a slow phone (four times slower, 1.6 Mbit/s, 150 ms), nothing cached")
        slowest = 0
        for path in pages:
            seen.largest(ours.url + path)
            times = sorted(seen.largest(ours.url + path) for _ in range(5))
            slowest = max(slowest, times[2])
            say(f"  {times[2]:6.0f} ms  {path}")
    judge("largest part of a page", slowest <= BAR_PHONE_LCP, f"{slowest:.0f} ms (bar {BAR_PHONE_LCP:.0f})")


# ---- the whole -------------------------------------------------------------------------------------------------------


def main():
    parts = {
        "ingest": ingest, "scan": scan, "upload": upload, "diff": diff, "explorer": explorer, "pages": pages, "search": search,
        "api": api, "startup": startup, "duties": duties, "board": board, "close": close, "phone": phone,
    }
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(parts)}; all by default")
    parser.add_argument("--khomo", required=True, help="the program, built in release")
    parser.add_argument("--bare", help="the bare page's program; beside khomo by default")
    parser.add_argument("--megabytes", type=int, nargs="+", default=[100, 1000], help="sizes of the CSV files")
    parser.add_argument("--scan-megabytes", type=int, default=100, help="size of the CSV file that is scanned")
    parser.add_argument("--upload-megabytes", type=int, default=10_000, help="size of the file that is sent")
    parser.add_argument("--diff-rows", type=int, default=1_000_000, help="rows of each version that is compared")
    parser.add_argument("--explorer-rows", type=int, default=1_000_000, help="rows of the table that is explored")
    parser.add_argument("--duties", type=int, default=100_000, help="datasets that owe an update")
    parser.add_argument("--postgres", help="address of a PostgreSQL on this machine, where duties are measured too, in a schema of their own")
    parser.add_argument("--board-datasets", type=int, default=2000, help="datasets of the province whose board is measured")
    parser.add_argument("--close-datasets", type=int, default=1000, help="datasets of the release that is built")
    parser.add_argument("--close-megabytes", type=int, default=1000, help="size of their CSV files together")
    parser.add_argument("--rounds", type=int, default=3, help="how often ingest and diff run")
    parser.add_argument("--seconds", type=int, default=8, help="how long each round of page loads is")
    parser.add_argument("--scratch", help="where the large files go; the system's own place by default")
    parser.add_argument("--ingest-command", nargs=argparse.REMAINDER, help="in place of `khomo import --check {file}`")
    options = parser.parse_args()
    unknown = set(options.parts) - set(parts)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    options.khomo = str(pathlib.Path(options.khomo).resolve())
    options.bare = options.bare or str(pathlib.Path(options.khomo).parent / "bare-page")
    stores = pathlib.Path(tempfile.mkdtemp(dir=options.scratch, prefix="khomo-bench-"))
    options.store = lambda datasets: stores / str(datasets)
    say(f"{os.cpu_count()} cores, {time.strftime('%Y-%m-%d %H:%M')}, load {os.getloadavg()[0]:.2f}")
    try:
        for name in options.parts or parts:
            say()
            parts[name](options)
    finally:
        shutil.rmtree(stores, ignore_errors=True)
    say()
    if missed:
        sys.exit(f"{len(missed)} bars missed: {', '.join(missed)}")
    say("Every bar is met.")


if __name__ == "__main__":
    main()
