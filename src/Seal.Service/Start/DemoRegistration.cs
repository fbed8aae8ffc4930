using Seal.Domain.Deciding;
using Seal.Domain.Persons;
using Seal.Service.Commands;
using Seal.Service.SignIn;
using Seal.Service.Vault;

namespace Seal.Service.Start;

/// <summary>Registers the demo people, each once, like any other person.</summary>
public sealed class DemoRegistration(CommandPipeline pipeline, Accounts accounts)
{
    private static readonly CommandContext Context = new(new Actor(new PersonId("installation"), Role.Administrator), "Installation");

    /// <summary>Registers those who are not yet.</summary>
    public async Task RegisterAsync(CancellationToken cancellation)
    {
        foreach (var person in DemoPeople.All)
        {
            if (await accounts.FindAsync(person.Account, cancellation) is null)
            {
                var answer = await pipeline.GiveAsync(Registration(person), Context, cancellation);
                if (answer.Rejection is { } rejection)
                {
                    throw new InvalidOperationException($"The demo person {person.Account} is refused: {rejection.Code}.");
                }

                await accounts.LinkAsync(person.Account, new PersonId(answer.Target.Key), cancellation);
            }
        }
    }

    private static RegisterPerson Registration(DemoPerson person) => new(
        Name: FreeTextConverter.Make(person.Name), IdNumber: new IdNumber(IdKind.ResidentId, FreeTextConverter.Make(person.IdentityNumber)));
}
