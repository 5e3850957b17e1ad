"""Uses a Platform simulator through Adobe's own Python client, aepp.

    walk.py http://127.0.0.1:8099

Streams messages into the inlet that is there from the start, then makes an authenticated inlet and
a flow through Flow Service, streams into that, reads the flow's runs, and takes it all away again.
Prints one JSON object: what each call answered. Judges nothing.
"""

import contextlib
import json
import sys

import aepp
import requests

BASE = sys.argv[1]
INLET = "0123456789abcdef" * 4
FLOW = "11111111-1111-4111-8111-111111111111"

aepp.configure(
    org_id="5A4DB0C5EF5A4DB0C5EF5A4D@AdobeOrg",
    client_id="sandbox-client",
    secret="sandbox-secret",
    scopes="openid,AdobeID",
    sandbox="prod",
    retry=0,
)
aepp.config.endpoints["global"] = BASE
aepp.config.endpoints["streaming"]["collection"] = BASE
aepp.config.config_object["oauthTokenEndpointV2"] = BASE + "/ims/token/v3"

# They read the addresses above when they are imported or made.
from aepp import dataprep, flowservice, ingestion  # noqa: E402


def control(method, path, body=None):
    answer = requests.request(method, f"{BASE}/_control/{path}", json=body, timeout=60)
    answer.raise_for_status()
    return answer.json()


def warm_up():
    """A flow that was made or changed loses what it accepts for five minutes."""
    control("POST", "clock", {"advanceMs": 300_000})


def stream_openly(ingest):
    return {
        "single": ingest.streamMessage(INLET, {"message": "one"}, FLOW),
        "batch": ingest.streamMessages(
            INLET, [{"message": "two"}, {"message": "three"}, {"message": "four"}], FLOW
        ),
        "unknownInlet": ingest.streamMessage("beef", {"message": "lost"}, FLOW),
    }


def make_data_set(flows):
    """aepp's own classes for schemas and data sets draw in all of pandas."""
    registry = BASE + "/data/foundation/schemaregistry/tenant/schemas"
    event = {"$ref": "https://ns.adobe.com/xdm/context/experienceevent"}
    schema = flows.connector.postData(registry, data={"title": "chat", "allOf": [event]})
    made = flows.connector.postData(
        BASE + "/data/foundation/catalog/dataSets",
        data={"name": "chats", "schemaRef": {"id": schema["$id"]}},
    )
    return schema["$id"], made[0].removeprefix("@/dataSets/")


def provision(flows):
    schema, data_set = make_data_set(flows)
    connection = flows.createConnectionStreaming(
        name="chat account",
        sourceId="chat",
        dataType="raw",
        authenticationRequired=True,
        paramName="chat",
    )
    source = flows.createSourceConnectionStreaming(connection["id"], "chat source", "json")
    target = flows.createTargetConnectionDataLake("chat target", data_set, schema, "json")
    mapping = dataprep.DataPrep().createMappingSet(
        mappingSet={
            "outputSchema": {"schemaRef": {"id": schema}},
            "mappings": [
                {"sourceAttribute": "id", "destinationXdmPath": "_id"},
                {"sourceAttribute": "at", "destinationXdmPath": "timestamp"},
            ],
        }
    )
    flow = flows.createFlowStreaming(
        name="chat flow",
        source_connection_id=source["id"],
        target_connection_id=target["id"],
        transformation=True,
        transformation_mapping_id=mapping["id"],
        transformation_name="Mapping",
    )["flow"]
    return {
        "connection": connection,
        "source": source,
        "target": target,
        "mapping": mapping,
        "flow": flow,
    }


def read_back(flows, made):
    return {
        "connection": flows.getConnection(made["connection"]["id"]),
        "source": flows.getSourceConnection(made["source"]["id"]),
        "target": flows.getTargetConnection(made["target"]["id"]),
        "mapping": dataprep.DataPrep().getMappingSet(made["mapping"]["id"]),
        "flow": flows.getFlow(made["flow"]["id"]),
        "connections": len(flows.getConnections()),
        "sources": len(flows.getSourceConnections()),
        "targets": len(flows.getTargetConnections()),
        "flows": len(flows.getFlows()),
    }


def change(flows, made):
    identifier = made["flow"]["id"]
    etag = flows.getFlow(identifier)["etag"]
    renamed = [{"op": "replace", "path": "/name", "value": "renamed"}]
    described = [{"op": "add", "path": "/description", "value": "changed"}]
    return {
        "etag": etag,
        "stale": flows.updateFlow(identifier, '"old"', renamed),
        "updated": flows.updateFlow(identifier, etag, renamed),
        "connection": flows.patchConnection(made["connection"]["id"], described),
        "flow": flows.getFlow(identifier),
    }


def stream_with_token(ingest, flows, made):
    inlet = flows.getConnection(made["connection"]["id"])["auth"]["params"]["inletId"]
    flow = made["flow"]["id"]
    event = {"id": "a", "at": "2026-11-20T09:14:03.120Z"}
    bare = requests.post(
        f"{BASE}/collection/{inlet}", json=event, headers={"x-adobe-flow-id": flow}, timeout=60
    )
    result = {"withoutToken": bare.status_code}
    result["disable"] = flows.postFlowAction(flow, "disable")
    result["whileDisabled"] = ingest.streamMessage(inlet, event, flow)
    result["enable"] = flows.postFlowAction(flow, "enable")
    result["whileCold"] = ingest.streamMessage(inlet, event, flow)
    warm_up()
    result["single"] = ingest.streamMessage(inlet, event, flow)
    more = [{**event, "id": "b"}, {**event, "id": "c"}, {**event, "id": "d", "at": "never"}]
    result["batch"] = ingest.streamMessages(inlet, more, flow)
    result["state"] = flows.getFlow(flow)["state"]
    return result


def take_away(flows, made):
    return {
        "connectionInUse": flows.deleteConnection(made["connection"]["id"]),
        "flow": flows.deleteFlow(made["flow"]["id"]),
        "source": flows.deleteSourceConnection(made["source"]["id"]),
        "target": flows.deleteTargetConnection(made["target"]["id"]),
        "connection": flows.deleteConnection(made["connection"]["id"]),
        "flows": len(flows.getFlows()),
    }


def walk():
    result = {"version": aepp.__version__}
    ingest = ingestion.DataIngestion()
    flows = flowservice.FlowService()
    result["open"] = stream_openly(ingest)
    made = provision(flows)
    result["made"] = made
    result["read"] = read_back(flows, made)
    result["changed"] = change(flows, made)
    warm_up()
    result["authenticated"] = stream_with_token(ingest, flows, made)
    result["runs"] = flows.getRuns(prop=f"flowId=={made['flow']['id']}")
    result["removed"] = take_away(flows, made)
    return result


# aepp prints what goes wrong.
with contextlib.redirect_stdout(sys.stderr):
    outcome = walk()
print(json.dumps(outcome))
