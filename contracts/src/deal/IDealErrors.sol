// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FundingKind, LegState} from "./DealTypes.sol";

/// @title IDealErrors
/// @notice Everything a deal's verbs refuse, with both sides of each comparison. `leg` counts from 0.
interface IDealErrors {
    // --- terms: the head ---

    /// @notice A deal has 1 to `max` legs.
    error LegCountOutOfRange(uint256 count, uint256 max);
    /// @notice There must be one signature entry (possibly empty) per leg, or per standby.
    error SignatureCountMismatch(uint256 have, uint256 want);
    /// @notice The signatures were good until `openBy`.
    error OpenDeadlinePassed(uint256 time, uint256 openBy);
    /// @notice No party may be the zero address, the escrow or the deal's token.
    error ForbiddenParty(address party, address token);
    /// @notice The client cannot be its own arbiter.
    error ArbiterIsClient(address arbiter);
    /// @notice There is a ruling time exactly if there is an arbiter.
    error RulingTimeMismatch(address arbiter, uint32 rulingTime);
    /// @notice The ruling time is too long, in seconds.
    error RulingTimeAboveMax(uint256 rulingTime, uint256 max);
    /// @notice There is a fee receiver exactly if there is a fee.
    error FeeReceiverMismatch(address feeReceiver, uint16 feeBps);
    /// @notice A fee is above its cap, in basis points.
    error FeeAboveMax(uint256 feeBps, uint256 max);
    /// @notice A share is above 100 %, in basis points.
    error ShareAboveMax(uint256 shareBps, uint256 max);
    /// @notice The token is not a contract.
    error TokenWithoutCode(address token);

    // --- terms: a leg ---

    /// @notice The client cannot pay itself.
    error ClientIsPayee(uint256 leg, address client);
    /// @notice The client cannot be a leg's standby.
    error ClientIsStandby(uint256 leg, address client);
    /// @notice The arbiter cannot be a payee.
    error ArbiterIsPayee(uint256 leg, address arbiter);
    /// @notice The arbiter cannot be a standby.
    error ArbiterIsStandby(uint256 leg, address arbiter);
    /// @notice A payee cannot stand by for itself.
    error PayeeIsStandby(uint256 leg, address payee);
    /// @notice A leg without a price.
    error ZeroAmount(uint256 leg);
    /// @notice A delay can cost the price at most.
    error PenaltyAboveAmount(uint256 leg, uint256 penaltyMax, uint256 amount);
    /// @notice A delay penalty needs a grace period to grow over.
    error PenaltyWithoutGrace(uint256 leg, uint256 penaltyMax);
    /// @notice With a standby, delivering late must not be dearer than failing.
    error PenaltyAboveBond(uint256 leg, uint256 penaltyMax, uint256 bond);
    /// @notice Due must lie ahead of the block, and not past the horizon.
    error DueOutsideWindow(uint256 leg, uint256 due, uint256 time, uint256 horizon);
    /// @notice The grace period is too long, in seconds.
    error GraceAboveMax(uint256 leg, uint256 grace, uint256 max);
    /// @notice The review period is too long, in seconds.
    error ReviewAboveMax(uint256 leg, uint256 review, uint256 max);
    /// @notice Silence calls the arbiter, and there is none.
    error EscalationWithoutArbiter(uint256 leg);
    /// @notice Rated legs come in strictly ascending order of their agents.
    error AgentOrder(uint256 leg, uint256 agentId, uint256 previousAgentId);
    /// @notice A rated leg has the tag that agents' records as clients are kept under.
    error ReservedTag(uint256 leg, bytes32 tag);
    /// @notice A leg without standby states the standby's agent, retainer or bond.
    error StandbyMissing(uint256 leg);
    /// @notice A standby needs time to be called and time to deliver.
    error StandbyTimeMissing(uint256 leg, uint256 callWindow, uint256 standbyTime);
    /// @notice The standby's time to take over is too long, in seconds.
    error CallWindowAboveMax(uint256 leg, uint256 callWindow, uint256 max);
    /// @notice The standby's time to deliver is too long, in seconds.
    error StandbyTimeAboveMax(uint256 leg, uint256 standbyTime, uint256 max);

    // --- funding ---

    /// @notice Money does not come in this way here: credit is no deposit.
    error FundingKindNotSupported(FundingKind kind);
    /// @notice The funding's data is shorter than what its kind needs, in bytes.
    error FundingDataTooShort(FundingKind kind, uint256 have, uint256 want);

    // --- consent ---

    /// @notice An empty signature, and the caller is not the party.
    error CallerIsNotParty(address caller, address party);
    /// @notice The signature is not the party's for this digest.
    error InvalidSignature(address party, bytes32 digest);
    /// @notice The agent changed hands since the terms were written, or they name a wrong epoch.
    error AgentEpochMismatch(uint256 agentId, uint256 termsEpoch, uint256 registryEpoch);
    /// @notice The party is not the agent's wallet, its owner or an operator.
    error AgentNotControlled(uint256 agentId, address party);

    // --- state and time ---

    /// @notice These terms were opened before.
    error AlreadyOpened(bytes32 dealId);
    /// @notice The leg is not where the verb needs it.
    error WrongState(LegState have, LegState want);
    /// @notice The leg's index is beyond the deal's legs.
    error LegIndexOutOfRange(uint256 leg, uint256 count);
    /// @notice The party could act until `deadline`.
    error DeadlinePassed(uint256 time, uint256 deadline);
    /// @notice Time has decided nothing yet; it does after `deadline`.
    error NotLapsed(uint256 time, uint256 deadline);
    /// @notice The leg names no standby, or it has taken over already.
    error NoStandby(uint256 leg, address standby);
    /// @notice The terms name no arbiter, so there are no disputes.
    error NoArbiter(bytes32 dealId);
    /// @notice The side has rated this leg already, perhaps as it accepted.
    error AlreadyRated(uint256 leg, bool byClient);
    /// @notice A settlement gives the payee the price at most.
    error SettlementAboveAmount(uint256 leg, uint256 toPayee, uint256 amount);
    /// @notice A settlement gives the payee at work its bond back at most.
    error SettlementAboveBond(uint256 leg, uint256 bondBack, uint256 bond);
    /// @notice A rating is 0 to 100, or 255 for none.
    error RatingOutOfRange(uint256 rating);
    /// @notice There must be one rating per leg.
    error RatingCountMismatch(uint256 have, uint256 want);
    /// @notice No leg of the deal is delivered, or every such leg was to be left alone.
    error NothingDelivered(bytes32 dealId);

    // --- money ---

    /// @notice The token moved another sum than the terms say.
    error UnexpectedTransferAmount(uint256 expected, uint256 received);
    /// @notice The transaction carries too little gas to give a payout what it is due.
    error InsufficientGas(uint256 have, uint256 want);
    /// @notice The account's credit in this token does not cover a bond or a deal.
    error InsufficientCredit(address token, address account, uint256 have, uint256 want);
    /// @notice The account has no credit in this token.
    error NoCredit(address token, address account);
    /// @notice Money may not be withdrawn to the zero address or to the escrow.
    error ForbiddenReceiver(address receiver);
}
