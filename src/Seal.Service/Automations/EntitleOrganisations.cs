using System.Globalization;
using Seal.Domain.Applications;
using Seal.Domain.Deciding;
using Seal.Domain.Organisations;
using Seal.Ledger;
using Seal.Service.Commands;

namespace Seal.Service.Automations;

/// <summary>Gives every newly registered company its standard set of seals without an application (SZ), if it is entitled to it.</summary>
public sealed class EntitleOrganisations(CommandPipeline pipeline) : Automation
{
    /// <inheritdoc/>
    public override string Name => "entitle-organisations";

    /// <inheritdoc/>
    public override IReadOnlySet<string> Types { get; } = new HashSet<string> { EventCatalog.WireNameOf(typeof(OrganisationRegistered)) };

    /// <inheritdoc/>
    public override async Task ReactAsync(RecordedEvent recorded, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var organisation = OrganisationId.From(StreamId.Parse(recorded.Stream).Key);

        // Told twice of one event, such as after a sudden end, the ledger itself takes it once.
        var once = new RequestKey($"reader/{Name}", recorded.Position.ToString(CultureInfo.InvariantCulture), recorded.ToLeaf());
        await pipeline.GiveAsync(new EntitleOrganisation(organisation), CommandContext.Automation with { Idempotency = once }, ct);
    }
}
