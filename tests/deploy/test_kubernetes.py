"""The manifests are what Kubernetes takes, start what the command line knows, and let out what the address gate lets out."""

from __future__ import annotations

import tomllib
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from bot.__main__ import _parser
from config.load import check
from watchers.address import _V4, _V6

FOLDER = Path(__file__).resolve().parents[2] / "deploy" / "kubernetes"
FILES = ("one", "several")
VERSIONS = ("1.30.0", kubernetes_validate.latest_version())


def manifests(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((FOLDER / f"{name}.yaml").read_text("utf-8")))


def pods(name: str) -> dict[str, dict[str, Any]]:
    kinds = {"Deployment", "StatefulSet"}
    return {one["metadata"]["name"]: one["spec"] for one in manifests(name) if one["kind"] in kinds}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("version", VERSIONS)
def test_each_manifest_is_one_of_its_kind_with_no_field_that_there_is_not(name, version) -> None:
    for one in manifests(name):
        kubernetes_validate.validate(one, version, strict=True)


@pytest.mark.parametrize("name", FILES)
def test_every_pod_runs_as_nobody_special_on_a_root_that_it_cannot_write(name) -> None:
    for spec in pods(name).values():
        pod = spec["template"]["spec"]
        assert (pod["securityContext"]["runAsNonRoot"], pod["automountServiceAccountToken"]) == (True, False)
        (container,) = pod["containers"]
        own = container["securityContext"]
        assert (own["readOnlyRootFilesystem"], own["allowPrivilegeEscalation"]) == (True, False)
        assert own["capabilities"] == {"drop": ["ALL"]}
        assert {"startupProbe", "livenessProbe", "readinessProbe"} <= set(container)
        assert {"/tmp", "/var/lib/onrecord"} <= {mount["mountPath"] for mount in container["volumeMounts"]}


def test_one_delivers_one_says_when_and_two_poll() -> None:
    roles = {}
    for spec in pods("several").values():
        (container,) = spec["template"]["spec"]["containers"]
        told = _parser().parse_args(container["args"])
        secrets = {one["secretRef"]["name"] for one in container["envFrom"]}
        roles[told.role] = (spec["replicas"], spec["strategy"]["type"], "onrecord-tokens" in secrets)
    assert roles == {
        "schedule": (1, "Recreate", False),
        "work": (2, "RollingUpdate", False),
        "deliver": (1, "Recreate", True),
    }
    (alone,) = pods("one").values()
    assert (alone["replicas"], alone["template"]["spec"]["containers"][0]["args"]) == (1, ["run"])


@pytest.mark.parametrize("name", FILES)
def test_the_settings_are_right_and_open_the_port_that_is_asked(name, tmp_path: Path) -> None:
    (given,) = (one["data"] for one in manifests(name) if one["kind"] == "ConfigMap")
    for file, text in given.items():
        (tmp_path / file).write_text(text, "utf-8")
    assert check(tmp_path) == ()
    port = tomllib.loads(given["onrecord.toml"])["health"]["port"]
    for spec in pods(name).values():
        (container,) = spec["template"]["spec"]["containers"]
        assert container["ports"] == [{"name": "health", "containerPort": port}]


@pytest.mark.parametrize("name", FILES)
def test_selectors_find_the_pods_that_they_mean(name) -> None:
    labels = [spec["template"]["metadata"]["labels"] for spec in pods(name).values()]
    for one in manifests(name):
        spec = one.get("spec", {})
        selector = {
            "Service": lambda spec: spec["selector"],
            "NetworkPolicy": lambda spec: spec["podSelector"]["matchLabels"],
            "PodDisruptionBudget": lambda spec: spec["selector"]["matchLabels"],
        }.get(one["kind"])
        if selector:
            found = [own for own in labels if selector(spec).items() <= own.items()]
            assert len(found) == (1 if one["kind"] == "PodDisruptionBudget" else len(labels))


@pytest.mark.parametrize("name", FILES)
def test_the_network_policy_lets_out_what_the_address_gate_lets_out(name) -> None:
    (policy,) = (one["spec"] for one in manifests(name) if one["kind"] == "NetworkPolicy")
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    blocks = [to["ipBlock"] for rule in policy["egress"] for to in rule["to"] if "ipBlock" in to]
    four, six = blocks
    assert (four["cidr"], six["cidr"]) == ("0.0.0.0/0", "2000::/3")
    assert {ip_network(one) for one in four["except"]} == {block for block, _ in _V4}
    assert {ip_network(one) for one in six["except"]} == {block for block, _ in _V6}
    (web,) = (rule for rule in policy["egress"] if any("ipBlock" in to for to in rule["to"]))
    assert sorted(port["port"] for port in web["ports"]) == [80, 443]
