namespace Seal.Service.Evidence;

/// <summary>What an evidence file looks like, for the description of the API; its proofs are shortened.</summary>
internal static class EvidenceExample
{
    public const string Lines = """
        {"record":"header","format":"seal-evidence/1","about":"seal/6f1c0a9e2b7d4d58a1f3c2e4-1","scope":"story","madeAt":"2026-03-05T08:30:00+00:00","checkpoint":"seal.example/ledger\n75\nq3fT0mC1yV2gk8Jt0m8T2u8H1fZr7b0yqz1xvW4c5nE=\n\n— seal.example/ledger 1qBk7w==\n","keys":["seal.example/ledger+d6a064ef+AQ=="],"reading":["Each line is one JSON object…"]}
        {"record":"stream","stream":"seal/6f1c0a9e2b7d4d58a1f3c2e4-1","version":1}
        {"record":"event","position":12,"leaf":"{\"body\":{},\"metadata\":{},\"position\":12,\"recordedAt\":\"2026-03-05T08:29:59.120000Z\",\"stream\":\"seal/6f1c0a9e2b7d4d58a1f3c2e4-1\",\"type\":\"seal.approved.v1\",\"version\":1}","hashes":["mVwqTnmY0pW3tF3cJ0mU9Nw4QqkV3mWf8yTt0d0p5fM="]}
        {"record":"end","streams":1,"events":1,"materials":0,"statement":"seal.example/ledger/evidence/1\nabout seal/6f1c0a9e2b7d4d58a1f3c2e4-1\nsize 75\nsha256 1qBk7yQ9x0v0h0N8kq7m0l2y3b4c5d6e7f8g9h0i1j4=\n\n— seal.example/ledger 1qBk7w==\n"}

        """;
}
