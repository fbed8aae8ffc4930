using System.Globalization;
using Seal.Domain.Deciding;
using Seal.Domain.Persons;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Files;
using Seal.Service.Vault;

namespace Seal.Service.Automations;

/// <summary>
/// Carries erasures to their end. The ledger is the list of what is to be done: a sudden end between the event and the destruction
/// only delays it.
/// </summary>
public sealed class FinishErasures(CommandPipeline pipeline, EventLedger ledger, VaultStore vault, Uploads uploads) : Automation
{
    /// <summary>The automation's name.</summary>
    public const string ReaderName = "finish-erasures";

    /// <inheritdoc/>
    public override string Name => ReaderName;

    /// <inheritdoc/>
    public override IReadOnlySet<string> Types { get; } =
        new HashSet<string> { EventCatalog.WireNameOf(typeof(PersonErasureBegun)), EventCatalog.WireNameOf(typeof(PersonErased)) };

    /// <summary>Erases anew whoever came back with a vault restored from before their erasure.</summary>
    public async Task RepeatAsync(CancellationToken cancellation)
    {
        await foreach (var recorded in ledger.ReadAllAsync(0, [EventCatalog.WireNameOf(typeof(PersonErased))], cancellation))
        {
            var person = StreamId.Parse(recorded.Stream).Key;
            if (await vault.Persons.StateAsync(person, cancellation) != PersonKeyState.Destroyed)
            {
                await vault.Persons.DestroyAsync(person, cancellation);
            }
        }
    }

    /// <inheritdoc/>
    public override async Task ReactAsync(RecordedEvent recorded, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var person = PersonId.From(StreamId.Parse(recorded.Stream).Key);
        if (StreamLoader.Facts(recorded) is PersonErased)
        {
            await vault.Persons.DestroyAsync(person.Value, ct);
            uploads.Files.DeleteOf(person.Value);
            return;
        }

        var once = new RequestKey($"reader/{Name}", recorded.Position.ToString(CultureInfo.InvariantCulture), recorded.ToLeaf());
        await pipeline.GiveAsync(new FinishErasure(person), CommandContext.Automation with { Idempotency = once }, ct);
    }
}
