// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Division, Funding, Head, Leg} from "./DealTypes.sol";
import {IArbitrableDeals} from "./IArbitrableDeals.sol";
import {IDealErrors} from "./IDealErrors.sol";
import {IDealEvents} from "./IDealEvents.sol";
import {ISettledReputation} from "./ISettledReputation.sol";

/// @title IDealEscrow
/// @notice Holds a deal's money from its opening until each of its legs is closed. A deal is its signed
/// terms; its id is their EIP-712 digest in the domain ("Earnest Deal", "1", chain, escrow).
/// @dev Nobody is privileged: there is no owner, pause, upgrade or sweep. What is trusted, and for what:
///
/// | whom | safety (money goes where the terms say) | liveness (it goes there in time) |
/// |---|---|---|
/// | token | moves what it says it moves, takes no fees and does not rebase; one that fails this harms the deals in that token alone | takes transfers; a payout that it refuses becomes credit |
/// | sequencer | its clock; a party whose transactions it holds back until a deadline loses what silence costs | includes transactions within `grace`, `review`, `callWindow` and `rulingTime` |
/// | wallet | an ERC-1271 account says yes only to what its owner meant; a lie harms its own account alone | answers; one that reverts can still act by sending |
/// | arbiter | divides the price and bond of a leg that is disputed, and nothing else | none: `deadlockBps` decides when it is silent |
/// | identity registry | names an agent's wallet, owner and epoch truthfully | answers `open` and `join`; no exit asks it |
/// | Permit2 | moves nothing without its owner's signature | only for that way of funding |
/// | anybody | | sends `lapse`; needs the terms, which is why `open` publishes them |
///
/// A party acts while time <= deadline; `lapse` works when time > deadline, so no instant belongs to both.
/// Where a verb takes a signature, an empty one means that the caller is the party.
interface IDealEscrow is IArbitrableDeals, IDealErrors, IDealEvents, ISettledReputation {
    /// @notice Adds to an account's credit, which bonds and deals can be paid from.
    /// @dev Anybody may send an EIP-3009 or Permit2 authorization whose nonce or witness is the EIP-712 digest
    /// of Deposit(token, account, amount, salt): that it is not just any nonce keeps a client's authorization
    /// of a deal from being spent as a deposit. By allowance only the account itself deposits.
    /// @param token The token.
    /// @param account Whose credit, and who pays.
    /// @param amount Atomic units.
    /// @param salt Makes the digest new.
    /// @param funding How the money comes; not by CREDIT.
    function deposit(address token, address account, uint256 amount, bytes32 salt, Funding calldata funding)
        external;

    /// @notice Opens a deal and takes its money, all or nothing. Anybody may send it; the client consents by
    /// its funding, each payee and standby by its signature of the dealId. Bonds come out of their credit.
    /// @dev With joinBy 0 everybody must agree. Else a leg whose payee or standby does not is offered, and the
    /// client bears the risk of an incomplete set; a signature that is given must be good all the same.
    /// @param head What the legs share.
    /// @param legs 1 to 64 legs.
    /// @param payeeSigs One per leg; empty if the payee is the caller, or if the leg before has the same one.
    /// @param standbySigs One per leg that names a standby, in their order; empty as for payees.
    /// @param funding How the money comes: sum of all amounts and retainers.
    /// @return dealId The deal's id.
    function open(
        Head calldata head,
        Leg[] calldata legs,
        bytes[] calldata payeeSigs,
        bytes[] calldata standbySigs,
        Funding calldata funding
    ) external returns (bytes32 dealId);

    /// @notice Joins a leg that was offered, until joinBy and before due; by its payee, and its standby if it
    /// names one. Their bonds come out of their credit.
    /// @param head The deal's head.
    /// @param siblings hashLeg of the other legs, in their order.
    /// @param i The leg's index.
    /// @param leg The leg.
    /// @param payeeSig The payee's signature of the dealId.
    /// @param standbySig The standby's signature of the dealId; nothing without a standby.
    function join(
        Head calldata head,
        bytes32[] calldata siblings,
        uint256 i,
        Leg calldata leg,
        bytes calldata payeeSig,
        bytes calldata standbySig
    ) external;

    /// @notice Delivers a leg, until due + grace; by the payee at work. For a standby that has taken over, due
    /// is standbyTime after that.
    /// @param headHash hashHead of the deal's head.
    /// @param siblings hashLeg of the other legs, in their order.
    /// @param i The leg's index.
    /// @param leg The leg.
    /// @param deliverable Hash of what is delivered.
    /// @param uri Where it is.
    /// @param signature The payee's signature of Deliver(dealId, leg, deliverable, occupant), whose occupant
    /// is the payee at work: the leg's own, or its standby once that has taken over.
    function deliver(
        bytes32 headHash,
        bytes32[] calldata siblings,
        uint256 i,
        Leg calldata leg,
        bytes32 deliverable,
        string calldata uri,
        bytes calldata signature
    ) external;

    /// @notice Takes over a leg whose payee missed it, from due + grace on for callWindow; by its standby. The
    /// first payee's bond goes to the client and its miss is recorded. Nobody is obliged: but a standby that
    /// lets the window pass loses its bond and the retainer with the leg.
    /// @param head The deal's head.
    /// @param siblings hashLeg of the other legs, in their order.
    /// @param i The leg's index.
    /// @param leg The leg.
    /// @param signature The standby's signature of Substitute(dealId, leg).
    function substitute(
        Head calldata head,
        bytes32[] calldata siblings,
        uint256 i,
        Leg calldata leg,
        bytes calldata signature
    ) external;

    /// @notice Accepts a delivered leg and pays it in full, less the delay penalty; by the client.
    /// @param head The deal's head.
    /// @param siblings hashLeg of the other legs, in their order.
    /// @param i The leg's index.
    /// @param leg The leg.
    /// @param rating 0 to 100; 255 for none.
    /// @param signature The client's signature of Accept(dealId, leg, rating). Sign it only once the delivery
    /// is final on chain.
    function accept(
        Head calldata head,
        bytes32[] calldata siblings,
        uint256 i,
        Leg calldata leg,
        uint8 rating,
        bytes calldata signature
    ) external;

    /// @notice Accepts every leg that is delivered and skips the others; the client sends it.
    /// @dev A payee could deliver anything just before this call and be paid by it: give 254 for every leg
    /// whose delivery you have not seen.
    /// @param head The deal's head.
    /// @param legs All of its legs.
    /// @param ratings One per leg: 0 to 100; 255 to accept without a rating; 254 to leave the leg alone.
    function acceptMany(Head calldata head, Leg[] calldata legs, uint8[] calldata ratings) external;

    /// @notice Applies what time has decided on a leg. Anybody may send it.
    /// @dev Offered after its payee could join, or sent by the client at any time: Withdrawn, all back to the
    /// client. Active after due + grace, and after callWindow where there is a standby to call: Missed; price,
    /// retainer and bonds to the client. Delivered after the review period: Lapsed, divided by silenceBps with
    /// the bond back, or Disputed if the terms call the arbiter. Disputed after the ruling time: Lapsed,
    /// divided by deadlockBps with the bond back; a payee that disputed before delivering gets its bond alone.
    /// In every end but Missed and Withdrawn the standby gets the retainer, and its bond if it was not called.
    /// @param head The deal's head.
    /// @param siblings hashLeg of the other legs, in their order.
    /// @param i The leg's index.
    /// @param leg The leg.
    function lapse(Head calldata head, bytes32[] calldata siblings, uint256 i, Leg calldata leg) external;

    /// @notice Calls the arbiter, by the client or the payee at work in the review period; by the payee alone
    /// as long as it may deliver, which stops its clock. Nobody disputes a deal without arbiter.
    /// @param head The deal's head.
    /// @param siblings hashLeg of the other legs, in their order.
    /// @param i The leg's index.
    /// @param leg The leg.
    /// @param byClient Whether the client disputes, or the payee at work.
    /// @param evidence Hash of the evidence.
    /// @param uri Where it is.
    /// @param signature That side's signature of Dispute(dealId, leg, delivered, evidence).
    function dispute(
        Head calldata head,
        bytes32[] calldata siblings,
        uint256 i,
        Leg calldata leg,
        bool byClient,
        bytes32 evidence,
        string calldata uri,
        bytes calldata signature
    ) external;

    /// @notice Ends a leg that is active, delivered or disputed as client and payee at work agree. There is no
    /// delay penalty and no arbiter's fee. To cancel is to settle for nothing with the whole bond back.
    /// @param head The deal's head.
    /// @param siblings hashLeg of the other legs, in their order.
    /// @param i The leg's index.
    /// @param leg The leg.
    /// @param division What the payee gets.
    /// @param clientSig The client's signature of Settle(dealId, leg, state, occupant, toPayee, bondBack,
    /// validBefore), whose state is the leg's LegState (2 Active, 3 Delivered, 4 Disputed) and whose occupant is
    /// the payee at work. It is void once the leg is in another state.
    /// @param payeeSig The same of the payee at work.
    function settle(
        Head calldata head,
        bytes32[] calldata siblings,
        uint256 i,
        Leg calldata leg,
        Division calldata division,
        bytes calldata clientSig,
        bytes calldata payeeSig
    ) external;

    /// @notice Rates the other side of a leg that closed at most 30 days ago, once per side. A rating given
    /// with `accept` counts as the client's.
    /// @param head The deal's head.
    /// @param siblings hashLeg of the other legs, in their order.
    /// @param i The leg's index.
    /// @param leg The leg.
    /// @param byClient Whether the client rates the payee that was last at work, or that payee the client.
    /// @param rating 0 to 100.
    /// @param signature That side's signature of Rate(dealId, leg, byClient, rating).
    function rate(
        Head calldata head,
        bytes32[] calldata siblings,
        uint256 i,
        Leg calldata leg,
        bool byClient,
        uint8 rating,
        bytes calldata signature
    ) external;

    /// @notice An account's credit.
    /// @param token The token.
    /// @param account The account.
    /// @return amount Atomic units.
    function credit(address token, address account) external view returns (uint256 amount);

    /// @notice The id of a deal, which is the digest that its parties sign.
    /// @param head The deal's head.
    /// @param legs All of its legs.
    /// @return The EIP-712 digest of DealTerms(Head head,Leg[] legs).
    function dealIdOf(Head calldata head, Leg[] calldata legs) external view returns (bytes32);

    /// @notice hashStruct of a Head.
    /// @param head The head.
    /// @return The hash.
    function hashHead(Head calldata head) external pure returns (bytes32);

    /// @notice hashStruct of a Leg.
    /// @param leg The leg.
    /// @return The hash.
    function hashLeg(Leg calldata leg) external pure returns (bytes32);

    /// @notice The EIP-712 domain separator.
    /// @return The separator of ("Earnest Deal", "1", this chain, this contract).
    function DOMAIN_SEPARATOR() external view returns (bytes32);
}
