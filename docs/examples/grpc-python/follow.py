"""Lists what a Meshery server discovered, then tells of events as they happen.

The token is read from the environment, so that it stands in no list of processes: MESHERY_TOKEN.
"""

import argparse
import os
import sys
import time

import grpc
from meshery.v1 import events_pb2, events_pb2_grpc, inventory_pb2, inventory_pb2_grpc

# After these a stream goes on from the last event that was seen.
RESUMABLE = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.RESOURCE_EXHAUSTED)


def objects(inventory, kinds):
    """All objects of these kinds, page by page."""
    page_token = ""
    while True:
        request = inventory_pb2.InventoryServiceListRequest(
            selector=inventory_pb2.ObjectSelector(kinds=kinds), page_token=page_token
        )
        page = inventory.List(request, timeout=30)
        yield from page.objects
        page_token = page.next_page_token
        if page_token == "":
            return


def events(service):
    """Everything that happens from now on; goes on where it was after the connection, or the server, was gone."""
    newest = service.List(events_pb2.EventServiceListRequest(page_size=1), timeout=30).events
    since = newest[0].sequence if newest else 0
    while True:
        try:
            request = events_pb2.EventServiceSubscribeRequest(since=since)
            for response in service.Subscribe(request, wait_for_ready=True):
                for event in response.events:
                    yield event
                    since = event.sequence
        except grpc.RpcError as error:
            if error.code() not in RESUMABLE:
                raise
            time.sleep(1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("address", help="host:port of the gRPC port, such as localhost:9082")
    parser.add_argument("authority", help="file of the certificate authority of the server")
    parser.add_argument("--kind", action="append", default=[], help="only objects of this kind; may be repeated")
    parser.add_argument("--count", type=int, help="end after so many events")
    arguments = parser.parse_args()
    with open(arguments.authority, "rb") as file:
        tls = grpc.ssl_channel_credentials(file.read())
    token = grpc.access_token_call_credentials(os.environ["MESHERY_TOKEN"])
    credentials = grpc.composite_channel_credentials(tls, token)
    with grpc.secure_channel(arguments.address, credentials) as channel:
        for found in objects(inventory_pb2_grpc.InventoryServiceStub(channel), arguments.kind):
            print("object", found.kind, f"{found.namespace}/{found.name}", flush=True)
        for number, event in enumerate(events(events_pb2_grpc.EventServiceStub(channel)), start=1):
            print("event", event.severity, event.description, flush=True)
            if number == arguments.count:
                return


if __name__ == "__main__":
    try:
        main()
    except grpc.RpcError as failure:
        sys.exit(f"{failure.code().name}: {failure.details()}")
    except KeyboardInterrupt:
        sys.exit(130)
