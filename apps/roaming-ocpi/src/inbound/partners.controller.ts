import { Body, Delete, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type Cause } from '@voltledger/kernel';
import {
  type Caller,
  Operation,
  OperatorApi,
  RequestCaller,
  RequestCause,
  page,
  pageQuery,
  parsedBy,
} from '@voltledger/platform';
import { type z } from 'zod';
import { AddPartner } from '../commands/add-partner';
import { ChangePartner } from '../commands/change-partner';
import { type Invitation, InvitePartner } from '../commands/invite-partner';
import { type Leaving, LeavePartner } from '../commands/leave-partner';
import { StartRegistration } from '../commands/start-registration';
import { Partners } from '../projections/partners';
import * as api from './partner-api';

type Body<Schema extends z.ZodType> = z.output<Schema>;
const ONE = { params: api.partnerParams, refusals: ['PARTNER_UNKNOWN'] };

/** OCPI partners: who may connect, and how the connection stands. */
@OperatorApi('ocpi/partners')
export class PartnersController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(Partners) private readonly partners: Partners,
  ) {}

  @Get()
  @Operation({
    summary: 'Lists OCPI partners',
    roles: ['viewer'],
    query: pageQuery,
    response: api.partnersPage,
  })
  async list(@Query(parsedBy(pageQuery)) { limit, after }: z.output<typeof pageQuery>) {
    const rows = await this.partners.list(after, limit + 1);
    return page(rows, limit, ({ partnerId }) => partnerId, api.shownPartner);
  }

  @Get(':partnerId')
  @Operation({ ...ONE, summary: 'Shows one partner', roles: ['viewer'], response: api.partner })
  async show(@Param('partnerId', parsedBy(api.partnerIdParam)) id: api.PartnerIdParam) {
    return api.shownPartner(await this.partners.known(id));
  }

  @Post()
  @Operation({
    summary: 'Adds a partner',
    roles: ['operator'],
    body: api.newPartner,
    response: api.partner,
    status: 201,
    refusals: ['PARTNER_EXISTS'],
  })
  async add(
    @Body(parsedBy(api.newPartner)) partner: Body<typeof api.newPartner>,
    @RequestCause() cause: Cause,
  ) {
    await this.commands.execute(new AddPartner(partner, cause));
    return api.shownPartner(await this.partners.known(partner.partnerId));
  }

  @Post(':partnerId/invitation')
  @Operation({
    ...ONE,
    summary: 'Makes the token with which the partner may register with us',
    description: 'Shown once. Send it with the versions URL to the partner; it then registers.',
    roles: ['operator'],
    response: api.invitation,
    status: 201,
    answerIsSecret: true,
  })
  invite(
    @Param('partnerId', parsedBy(api.partnerIdParam)) id: api.PartnerIdParam,
    @RequestCause() cause: Cause,
  ): Promise<Invitation> {
    return this.commands.execute(new InvitePartner(id, cause));
  }

  @Post(':partnerId/registration')
  @Operation({
    ...ONE,
    summary: 'Registers with the partner, by the token and versions URL it gave us',
    roles: ['operator'],
    body: api.theirInvitation,
    response: api.partner,
    refusals: ['PARTNER_REGISTERED', 'PARTNER_API_UNUSABLE', 'VERSION_NOT_OFFERED'],
  })
  async register(
    @Param('partnerId', parsedBy(api.partnerIdParam)) id: api.PartnerIdParam,
    @Body(parsedBy(api.theirInvitation)) theirs: Body<typeof api.theirInvitation>,
    @RequestCause() cause: Cause,
  ) {
    const { tokenCoding } = await this.partners.known(id);
    const invitation = { ...theirs, partnerId: id, tokenCoding };
    await this.commands.execute(new StartRegistration(invitation, cause));
    return api.shownPartner(await this.partners.known(id));
  }

  @Delete(':partnerId/registration')
  @Operation({
    ...ONE,
    summary: 'Unregisters: tells the partner, and makes the tokens of both sides void',
    roles: ['operator'],
    response: api.leaving,
    refusals: ['PARTNER_NOT_REGISTERED'],
  })
  leave(
    @Param('partnerId', parsedBy(api.partnerIdParam)) id: api.PartnerIdParam,
    @RequestCaller() { name }: Caller,
    @RequestCause() cause: Cause,
  ): Promise<Leaving> {
    return this.commands.execute(new LeavePartner(id, name, cause));
  }

  @Post(':partnerId/suspension')
  @Operation({
    ...ONE,
    summary: 'Stops all traffic with the partner; what it is owed waits',
    roles: ['operator'],
    body: api.suspension,
    response: api.partner,
    refusals: ['PARTNER_NOT_REGISTERED'],
  })
  async suspend(
    @Param('partnerId', parsedBy(api.partnerIdParam)) id: api.PartnerIdParam,
    @Body(parsedBy(api.suspension)) { reason }: Body<typeof api.suspension>,
    @RequestCaller() { name: by }: Caller,
    @RequestCause() cause: Cause,
  ) {
    await this.commands.execute(new ChangePartner(id, { type: 'Suspend', by, reason }, cause));
    return api.shownPartner(await this.partners.known(id));
  }

  @Delete(':partnerId/suspension')
  @Operation({
    ...ONE,
    summary: 'Resumes traffic; the partner is told what it missed',
    roles: ['operator'],
    response: api.partner,
    refusals: ['PARTNER_NOT_SUSPENDED'],
  })
  async resume(
    @Param('partnerId', parsedBy(api.partnerIdParam)) id: api.PartnerIdParam,
    @RequestCaller() { name: by }: Caller,
    @RequestCause() cause: Cause,
  ) {
    await this.commands.execute(new ChangePartner(id, { type: 'Resume', by }, cause));
    return api.shownPartner(await this.partners.known(id));
  }

  @Delete(':partnerId')
  @Operation({
    ...ONE,
    summary: 'Deletes a partner that is not registered',
    roles: ['operator'],
    response: api.deleted,
    refusals: ['PARTNER_REGISTERED'],
  })
  async delete(
    @Param('partnerId', parsedBy(api.partnerIdParam)) id: api.PartnerIdParam,
    @RequestCaller() { name: by }: Caller,
    @RequestCause() cause: Cause,
  ) {
    await this.commands.execute(new ChangePartner(id, { type: 'Delete', by }, cause));
    return { partnerId: id, deleted: true };
  }
}
