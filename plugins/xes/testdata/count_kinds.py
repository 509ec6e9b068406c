"""Counts, for logs of the BPI Challenge 2015, how many contract events of each
kind the published table gives. It reads the log with Python's own XML parser
and knows nothing of the adapter: its numbers are the test's other witness.

    python3 count_kinds.py BPIC15_1.xes.gz BPIC15_2.xes.gz > bpic15_kinds.csv
"""
import collections
import gzip
import os
import sys
import xml.etree.ElementTree as ET

DECISION = ("record date of decision environmental permit", "register date environmental permit decision")
SENT = "enter senddate decision environmental permit"


def kinds(event):
    code, question = event.get("concept:name"), event.get("question")
    name, true = event.get("activityNameEN"), question == "True"
    if code == "01_HOOFD_010":
        yield "received"
    if code in ("08_AWB45_020_1", "08_AWB45_020_2"):
        yield "supplement_requested"
    if code == "08_AWB45_040" or code == "08_AWB45_030" and true:
        yield "supplement_received"
    if code == "06_VD_010" and true:
        yield "extended"
    if code == "01_HOOFD_380" and true:
        yield "refusal_grounds"
    if name in DECISION or code == "01_HOOFD_495" or code == "08_AWB45_060" and true:
        yield "decided"
    if code == "05_EIND_010" and true:
        yield "withdrawn"
    if name == SENT:
        yield "delivered"


print("log,kind,count")
for file in sys.argv[1:]:
    count = collections.Counter()
    for _, trace in ET.iterparse(gzip.open(file)):
        if trace.tag.split("}")[-1] != "trace":
            continue
        events = [{a.get("key"): a.get("value") for a in e} for e in trace if e.tag.split("}")[-1] == "event"]
        events.sort(key=lambda e: e["time:timestamp"][:10])
        seen = set()
        for e in events:
            count["events"] += 1
            found = [k for k in kinds(e) if not (k in ("received", "delivered") and k in seen)]
            seen.update(found)
            count.update(found or ["note"])
        trace.clear()
    for kind, n in sorted(count.items()):
        print(f"{os.path.basename(file)},{kind},{n}")
