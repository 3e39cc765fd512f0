"""Routes through a gateway, through an instance and to a peer; addresses that are used and one that is not."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    vpc = aws.ec2.Vpc("main", cidr_block="10.2.0.0/16")
    subnet = aws.ec2.Subnet("public", vpc_id=vpc.id, cidr_block="10.2.0.0/24")
    address = aws.ec2.Eip("gateway", domain="vpc")
    aws.ec2.Eip("unused", domain="vpc")
    box = aws.ec2.Instance("box", ami="ami-0123456789abcdef0", instance_type="t3.micro", subnet_id=subnet.id)
    aws.ec2.Eip("box", domain="vpc", instance=box.id)
    gateway = aws.ec2.NatGateway("gateway", allocation_id=address.id, subnet_id=subnet.id)
    aws.ec2.RouteTable("good", vpc_id=vpc.id, routes=[{"cidr_block": "0.0.0.0/0", "nat_gateway_id": gateway.id}])
    peering = aws.ec2.VpcPeeringConnection("peer", vpc_id=vpc.id, peer_vpc_id="vpc-0fedcba9876543210")
    aws.ec2.RouteTable(
        "peered",
        vpc_id=vpc.id,
        routes=[{"cidr_block": "10.9.0.0/16", "vpc_peering_connection_id": "pcx-0123456789abcdef0"}],
    )
    table = aws.ec2.RouteTable(
        "everything",
        vpc_id=vpc.id,
        routes=[{"cidr_block": "0.0.0.0/0", "vpc_peering_connection_id": "pcx-0123456789abcdef0"}],
    )
    aws.ec2.Route(
        "to-peer", route_table_id=table.id, destination_cidr_block="0.0.0.0/0", vpc_peering_connection_id=peering.id
    )
    aws.ec2.Route("narrow", route_table_id=table.id, destination_cidr_block="10.8.0.0/16", nat_gateway_id=gateway.id)
    aws.ec2transitgateway.TransitGateway("open", auto_accept_shared_attachments="enable")
    aws.ec2transitgateway.TransitGateway("asked", auto_accept_shared_attachments="disable")


PLAN = plan(
    resource("aws_vpc", "main", {"cidr_block": "10.2.0.0/16"}),
    resource(
        "aws_subnet",
        "public",
        {"vpc_id": ref("aws_vpc.main.id"), "cidr_block": "10.2.0.0/24", "map_public_ip_on_launch": False},
    ),
    resource("aws_eip", "gateway", {"domain": "vpc"}),
    resource("aws_eip", "unused", {"domain": "vpc"}),
    resource("aws_eip", "box", {"domain": "vpc", "instance": ref("aws_instance.box.id")}),
    resource(
        "aws_instance",
        "box",
        {"ami": "ami-0123456789abcdef0", "instance_type": "t3.micro", "subnet_id": ref("aws_subnet.public.id")},
    ),
    resource(
        "aws_nat_gateway",
        "gateway",
        {
            "allocation_id": ref("aws_eip.gateway.id"),
            "subnet_id": ref("aws_subnet.public.id"),
            "connectivity_type": "public",
        },
    ),
    resource(
        "aws_route_table",
        "good",
        {
            "vpc_id": ref("aws_vpc.main.id"),
            "route": [{"cidr_block": "0.0.0.0/0", "nat_gateway_id": ref("aws_nat_gateway.gateway.id")}],
        },
    ),
    resource(
        "aws_vpc_peering_connection", "peer", {"vpc_id": ref("aws_vpc.main.id"), "peer_vpc_id": "vpc-0fedcba9876543210"}
    ),
    resource(
        "aws_route_table",
        "peered",
        {
            "vpc_id": ref("aws_vpc.main.id"),
            "route": [{"cidr_block": "10.9.0.0/16", "vpc_peering_connection_id": "pcx-0123456789abcdef0"}],
        },
    ),
    resource(
        "aws_route_table",
        "everything",
        {
            "vpc_id": ref("aws_vpc.main.id"),
            "route": [{"cidr_block": "0.0.0.0/0", "vpc_peering_connection_id": "pcx-0123456789abcdef0"}],
        },
    ),
    resource(
        "aws_route",
        "to-peer",
        {
            "route_table_id": ref("aws_route_table.everything.id"),
            "destination_cidr_block": "0.0.0.0/0",
            "vpc_peering_connection_id": ref("aws_vpc_peering_connection.peer.id"),
        },
    ),
    resource(
        "aws_route",
        "narrow",
        {
            "route_table_id": ref("aws_route_table.everything.id"),
            "destination_cidr_block": "10.8.0.0/16",
            "nat_gateway_id": ref("aws_nat_gateway.gateway.id"),
        },
    ),
    resource("aws_ec2_transit_gateway", "open", {"auto_accept_shared_attachments": "enable"}),
    resource("aws_ec2_transit_gateway", "asked", {"auto_accept_shared_attachments": "disable"}),
)
