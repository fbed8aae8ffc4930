using System.Text.Json.Nodes;
using Seal.Ledger;

namespace Seal.Benchmarks.Ledger;

/// <summary>One row a stream, which counts its events.</summary>
internal sealed class CountProjection(int version) : InlineProjection
{
    public override string Name => "counts";

    public override int Version => version;

    public override IReadOnlySet<string> Types { get; } = new HashSet<string> { SampleEvents.Type };

    public override IEnumerable<string> KeysOf(EventToProject e) => [e.Stream];

    public override JsonObject Apply(string key, JsonObject? row, RecordedEvent e) => new() { ["count"] = (row?["count"]?.GetValue<long>() ?? 0) + 1 };
}
