using Npgsql;
using Seal.Domain.Applications;
using Seal.Domain.Deciding;
using Seal.Domain.Organisations;
using Seal.Ledger;
using Seal.Service.Commands;

namespace Seal.Service.Automations;

/// <summary>Gives every newly registered company its standard set of seals without an application (SZ), if it is entitled to it.</summary>
public sealed class EntitleOrganisations(CommandPipeline pipeline, EventLedger ledger, NpgsqlDataSource database, ILogger<EntitleOrganisations> log)
    : LedgerReader("entitle-organisations", [EventCatalog.WireNameOf(typeof(OrganisationRegistered))], ledger, database, log)
{
    /// <inheritdoc/>
    protected override async Task ReactAsync(RecordedEvent recorded, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var organisation = OrganisationId.From(StreamId.Parse(recorded.Stream).Key);
        await pipeline.GiveAsync(new EntitleOrganisation(organisation), CommandContext.Automation, cancellation);
    }
}
