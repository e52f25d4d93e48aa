"""CloudFront's copies of the site (step 1): the id of a distribution in, nothing kept at an edge out.

The build says `no-cache` or `no-store` of every file, so that an edge asks the bucket each time, and none of
this is needed. It is for a distribution whose cache policy has a shortest time above nothing.
"""

import secrets
from collections.abc import Callable

import boto3
from botocore.exceptions import BotoCoreError, ClientError, WaiterError

from functions.cloud.refused import Refused
from functions.reread import tell


def forgetting(distribution: str) -> Callable[[], None]:
    """What makes it forget all paths, and waits until it has; raises `Refused`."""
    client = boto3.session.Session().client("cloudfront", region_name="us-east-1")  # it has one

    def forget() -> None:
        batch = {
            "Paths": {"Quantity": 1, "Items": ["/*"]},  # counts as one path
            "CallerReference": secrets.token_hex(16),
        }
        try:
            made = client.create_invalidation(DistributionId=distribution, InvalidationBatch=batch)
            waiting = {"DistributionId": distribution, "Id": made["Invalidation"]["Id"]}
            client.get_waiter("invalidation_completed").wait(**waiting)
        except (BotoCoreError, ClientError, WaiterError) as error:
            hint = "give the id as the deployment said it: DistributionId; then type the same again"
            raise Refused(f"the edge keeps its copies ({type(error).__name__})", hint) from None
        tell("the edge has forgotten its copies")

    return forget
