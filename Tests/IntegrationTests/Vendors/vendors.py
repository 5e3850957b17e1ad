"""Signs and verifies webhooks with the vendors' own libraries.

One task as a line of JSON on standard input, one answer as a line of JSON on standard output:

    {"do": "sign", "vendor": "stripe", "secret": "...", "id": "...", "body": "..."}
        -> {"headers": {...}, "seconds": 1760000000}
    {"do": "verify", "vendor": "stripe", "secret": "...", "headers": {...}, "body": "..."}
        -> {"accepted": true}
"""

import json
import sys
import time
from datetime import datetime, timezone

import stripe
from slack_sdk.signature import SignatureVerifier
from standardwebhooks import Webhook


def sign(vendor, secret, identifier, body, seconds):
    if vendor == "standard-webhooks":
        moment = datetime.fromtimestamp(seconds, tz=timezone.utc)
        return {
            "webhook-id": identifier,
            "webhook-timestamp": str(seconds),
            "webhook-signature": Webhook(secret).sign(identifier, moment, body),
        }
    if vendor == "stripe":
        code = stripe.WebhookSignature._compute_signature(f"{seconds}.{body}", secret)
        return {"Stripe-Signature": f"t={seconds},v1={code}"}
    verifier = SignatureVerifier(secret)
    return {
        "X-Slack-Request-Timestamp": str(seconds),
        "X-Slack-Signature": verifier.generate_signature(timestamp=str(seconds), body=body),
    }


def verify(vendor, secret, headers, body):
    if vendor == "standard-webhooks":
        Webhook(secret).verify(body, headers)
    elif vendor == "stripe":
        stripe.Webhook.construct_event(body, headers["Stripe-Signature"], secret)
    elif not SignatureVerifier(secret).is_valid_request(body, headers):
        raise ValueError("the signature is not valid")


def answer(task):
    vendor, secret, body = task["vendor"], task["secret"], task["body"]
    if task["do"] == "sign":
        seconds = int(time.time())
        return {"headers": sign(vendor, secret, task["id"], body, seconds), "seconds": seconds}
    try:
        verify(vendor, secret, task["headers"], body)
        return {"accepted": True}
    except Exception:
        return {"accepted": False}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
