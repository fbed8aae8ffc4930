using System.Text.Json.Nodes;

namespace Seal.Ledger.Tests.Replicas;

/// <summary>Counts the events of every stream.</summary>
internal sealed class Counts : InlineProjection
{
    public override string Name => "counts";

    public override int Version => 1;

    public override IReadOnlySet<string> Types { get; } = new HashSet<string> { "thing.happened.v1" };

    public override IEnumerable<string> KeysOf(EventToProject e) => [e.Stream];

    public override JsonObject? Apply(string key, JsonObject? row, RecordedEvent e) => new() { ["count"] = ((int?)row?["count"] ?? 0) + 1 };
}
