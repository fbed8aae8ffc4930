using System.Text.Json.Nodes;
using Seal.Domain.Deciding;
using Seal.Ledger;
using Seal.Ledger.Evidence;

namespace Seal.Cli.Replaying;

/// <summary>One event of a story.</summary>
/// <param name="Recorded">As it stands in the ledger.</param>
/// <param name="Happened">What the domain makes of it.</param>
/// <param name="Words">The words behind its commitments.</param>
/// <param name="IsProven">Whether its proof leads to the checkpoint.</param>
/// <param name="Who">As what its actor acted.</param>
internal sealed record StoryEvent(RecordedEvent Recorded, IEvent Happened, IReadOnlyList<EvidenceWords> Words, bool IsProven, Role Who)
{
    private readonly JsonNode _metadata = JsonNode.Parse(Recorded.Metadata.Span)!;

    public string? Actor => Metadata("actor");

    public string? Command => Metadata("command");

    public string? Channel => Metadata("channel");

    public string? Proof => Metadata("proof");

    private string? Metadata(string name) => _metadata[name]?.GetValueKind() == System.Text.Json.JsonValueKind.String ? _metadata[name]!.GetValue<string>() : null;
}
