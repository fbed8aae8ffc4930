using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Seal.Domain.Applications;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Organisations;
using Seal.Domain.Persons;
using Seal.Domain.Signings;
using Seal.Ledger;
using Seal.Service.Automations;
using Seal.Service.Commands;

namespace Seal.EventModel.Tests.Http;

/// <summary>What the running service does by itself.</summary>
/// <param name="services">Its parts.</param>
public sealed class Automations(IServiceProvider services)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Waits until an automation has dealt with everything in the ledger that concerns it.</summary>
    /// <param name="command">The command it gives.</param>
    public Task SettleAsync(string command) => command switch
    {
        nameof(EntitleOrganisation) => HavePassedAsync("entitle-organisations", EventCatalog.WireNameOf(typeof(OrganisationRegistered))),
        nameof(FinishErasure) => HavePassedAsync(FinishErasures.ReaderName, EventCatalog.WireNameOf(typeof(PersonErasureBegun))),
        nameof(TellAuthority) => services.GetServices<IHostedService>().OfType<TellAuthorities>().Single().SweepAsync(CancellationToken.None),
        nameof(FailSigning) => services.GetServices<IHostedService>().OfType<FailUnfinishedSignings>().Single().SweepAsync(CancellationToken.None),
        _ => throw new NotSupportedException($"No automation gives {command}."),
    };

    /// <summary>Gives an automation's command as the automation does.</summary>
    /// <param name="command">The command.</param>
    /// <param name="body">Its properties.</param>
    public Task<CommandAnswer> GiveAsync(string command, JsonObject body) => command switch
    {
        nameof(EntitleOrganisation) => GiveAsync<EntitleOrganisation>(body),
        nameof(FinishErasure) => GiveAsync<FinishErasure>(body),
        nameof(FailSigning) => GiveAsync<FailSigning>(body),
        nameof(TellAuthority) => GiveAsync<TellAuthority>(body),
        _ => throw new NotSupportedException($"No automation gives {command}."),
    };

    private Task<CommandAnswer> GiveAsync<TCommand>(JsonObject body) where TCommand : ICommand<TCommand> =>
        services.GetRequiredService<CommandPipeline>().GiveAsync(body.Deserialize<TCommand>(DomainJson.Options)!, CommandContext.Automation, CancellationToken.None);

    private async Task HavePassedAsync(string reader, string type)
    {
        var ledger = services.GetRequiredService<EventLedger>();
        long last = -1;
        await foreach (var recorded in ledger.ReadAllAsync(0, [type], CancellationToken.None))
        {
            last = recorded.Position;
        }

        (await ledger.Readers.WaitForAsync(reader, last + 1, Patience, CancellationToken.None)).ShouldBeTrue($"{reader} did not come");
    }
}
