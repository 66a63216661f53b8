package org.earnest.core.deal;

import java.util.Optional;
import java.util.OptionalInt;
import org.earnest.core.chain.Caip10AccountId;
import org.earnest.core.chain.EvmAddress;
import org.earnest.core.chain.LogRef;
import org.earnest.core.chain.TokenAmount;
import org.earnest.core.identity.AgentId;

/**
 * How one leg of a deal ended, as the escrow's own event says.
 *
 * @param escrow the contract
 * @param outcome how it ended
 * @param payee who delivered, or was to
 * @param agent whose record it counts in, where the terms name one
 * @param paid what the payee got
 * @param rating the client's, 0 to 100
 * @param closing where it is on the chain
 */
public record SettlementReceipt(
    Caip10AccountId escrow,
    DealId deal,
    int leg,
    LegState outcome,
    EvmAddress client,
    EvmAddress payee,
    Optional<AgentId> agent,
    TokenAmount paid,
    OptionalInt rating,
    LogRef closing) {}
