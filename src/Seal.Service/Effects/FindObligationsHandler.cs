using System.Text.Json;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Persons;
using Seal.Domain.Seals;
using Seal.Ledger;
using Seal.Service.Commands;
using Seal.Service.Projections;

namespace Seal.Service.Effects;

/// <summary>Finds out what a person answers for: organisations they represent, whose seals they manage, and seals they hold.</summary>
public sealed class FindObligationsHandler(EventLedger ledger, StreamLoader loader, TimeProvider clock) : EffectHandler<FindObligations>
{
    // Whoever has more than this begins with these.
    private const int Most = 20;

    /// <inheritdoc/>
    protected override async Task<IOutcome> PerformAsync(FindObligations effect, Work work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(effect);
        var person = effect.Person.Value;
        var represented = await ledger.Projections.QueryAsync(Of(SealProjections.Organisations, "state.legalRepresentative", person), cancellation);
        var obligations = represented.Rows.Select(row => $"legal-representative:{row.Key}")
            .Concat(await ManagedAsync(person, cancellation)).Concat(await HeldAsync(person, cancellation));
        return new ObligationsFound([.. obligations.Take(Most)]);
    }

    private async Task<List<string>> ManagedAsync(string person, CancellationToken cancellation)
    {
        List<string> managed = [];
        var query = Of(SealProjections.Appointments, ManagerAppointments.Persons, person);
        do
        {
            var page = await ledger.Projections.QueryAsync(query, cancellation);
            managed.AddRange(page.Rows.Where(row => row.Document[ManagerAppointments.Until]![person]!.GetValue<DateTimeOffset>() > clock.GetUtcNow())
                .Select(row => $"manager:{row.Key}"));
            query = query with { After = page.Next };
        }
        while (query.After is not null && managed.Count < Most);

        return managed;
    }

    // A right whose time is over counts, for a renewal of the seal would bring it back; that to a revoked seal never comes back.
    private async Task<List<string>> HeldAsync(string person, CancellationToken cancellation)
    {
        List<string> held = [];
        var query = Of(SealProjections.Holdings, "state.person", person);
        do
        {
            var page = await ledger.Projections.QueryAsync(query, cancellation);
            var mine = page.Rows.Select(row => row.Document["state"].Deserialize<Holding>(DomainJson.Options)!)
                .Where(holding => holding is { Medium: Medium.Cloud, Status: HoldingStatus.Offered or HoldingStatus.Claimed }).Select(holding => holding.Seal).ToList();
            var seals = await loader.LoadAsync([.. mine.Select(seal => seal.Stream)], States.None, ReadUntil.All, cancellation);
            held.AddRange(mine.Where(seal => seals.Get<ElectronicSeal>(seal.Stream).Status != SealStatus.Revoked).Select(seal => $"holder:{seal}"));
            query = query with { After = page.Next };
        }
        while (query.After is not null && held.Count < Most);

        return held;
    }

    private static ProjectionQuery Of(string projection, string field, string person) =>
        new(projection) { Filters = [new ProjectionFilter.Is(field, person)] };
}
