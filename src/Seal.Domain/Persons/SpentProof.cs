using Seal.Domain.Deciding;

namespace Seal.Domain.Persons;

/// <summary>A proof of person served its one command.</summary>
/// <param name="Person">Whose proof it was.</param>
/// <param name="Command">The command it allowed.</param>
[EventName("proof.spent")]
public sealed record ProofSpent(PersonId Person, string Command) : IEvent;
