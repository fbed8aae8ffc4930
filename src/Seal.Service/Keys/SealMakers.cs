using Seal.Cryptography.Certificates;
using Seal.Cryptography.Keys;
using Seal.Service.Problems;

namespace Seal.Service.Keys;

/// <summary>The seal maker 制章者 (SM2), who signs seal data: a key and a certificate under each generation of the authority.</summary>
public sealed class SealMakers(Authorities authorities, IssuerFollower follower, ServiceCertificates certificates, TimeProvider clock)
{
    /// <summary>The one who makes seals now.</summary>
    /// <exception cref="ProblemException">The authority that certifies it is revoked and no other has followed, or its own certificate is not valid now.</exception>
    public async ValueTask<ServiceIdentity> PresentAsync(CancellationToken cancellation)
    {
        await follower.FollowAsync(cancellation);
        var chain = authorities.For(Domain.Holdings.KeyAlgorithm.Sm2);
        return chain.WhyNotIssuing(clock.GetUtcNow()) is { } why
            ? throw new ProblemException(Problem.From(why))
            : await certificates.GetAsync(ServiceUse.SealMaker, chain, cancellation);
    }

    /// <summary>Those there are under all generations, the first one first.</summary>
    public Task<IReadOnlyList<(string Name, Certificate Certificate)>> AllAsync(CancellationToken cancellation) => certificates.AllAsync(ServiceUse.SealMaker, SignatureAlgorithm.Sm2Sm3, cancellation);
}
